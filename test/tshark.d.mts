export const WHAT_TO_INSTALL: string;
export function tsharkVersion(): string;
export function isTsharkWanted(): boolean;
