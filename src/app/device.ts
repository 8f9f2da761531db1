// What is remembered on this device: the theme, switches, how far each scenario was read, and what was answered. Nothing is sent anywhere.
// Storage may be missing or full (private windows, embeds): then everything works and nothing is kept.
// Who asks: app.ts for both, panels get plain values.
export type Theme = 'light' | 'dark';
export interface Progress {
  readonly t: number;
  readonly isDone: boolean;
}

const THEME = 'fourtuple.theme';
const PROGRESS = 'fourtuple.progress';

const ATTEMPTS = 'fourtuple.attempts';

/** One answer to a question, as it is kept and exported. */
export interface KeptAttempt {
  readonly when: string;
  readonly scenario: string;
  readonly step: number;
  readonly question: string;
  readonly answer: string;
  readonly isRight: boolean;
  readonly attempt: number;
  readonly sure: string;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Whether this browser keeps anything for the page at all: private windows and embeds may not. */
export function isKeeping(): boolean {
  try {
    localStorage.setItem('fourtuple.probe', '');
    localStorage.removeItem('fourtuple.probe');
    return true;
  } catch {
    return false;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is kept; the page works without.
  }
}

/** The chosen theme, else the system's. */
export function rememberedTheme(): Theme {
  const kept = read(THEME);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function rememberedSwitch(name: 'contrast' | 'letters', otherwise: boolean): boolean {
  const kept = read(`fourtuple.${name}`);
  return kept === null ? otherwise : kept === 'on';
}

export function rememberSwitch(name: 'contrast' | 'letters', isOn: boolean): void {
  write(`fourtuple.${name}`, isOn ? 'on' : 'off');
}

/** Takes away everything that is kept here. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('fourtuple.')) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

export function rememberTheme(theme: Theme): void {
  write(THEME, theme);
}

function isProgress(value: unknown): value is Progress {
  return (
    typeof value === 'object' &&
    value !== null &&
    't' in value &&
    typeof value.t === 'number' &&
    'isDone' in value &&
    typeof value.isDone === 'boolean'
  );
}

export function rememberedProgress(): Map<string, Progress> {
  try {
    const kept: unknown = JSON.parse(read(PROGRESS) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return new Map();
    return new Map(Object.entries(kept).filter((entry): entry is [string, Progress] => isProgress(entry[1])));
  } catch {
    return new Map();
  }
}

function isAttempt(value: unknown): value is KeptAttempt {
  return (
    typeof value === 'object' && value !== null && 'scenario' in value && 'answer' in value && 'when' in value
  );
}

/** Every answer given on this device, oldest first. */
export function rememberedAttempts(): KeptAttempt[] {
  try {
    const kept: unknown = JSON.parse(read(ATTEMPTS) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isAttempt) : [];
  } catch {
    return [];
  }
}

export function rememberAttempt(attempt: Omit<KeptAttempt, 'when'>): void {
  write(ATTEMPTS, JSON.stringify([...rememberedAttempts(), { when: new Date().toISOString(), ...attempt }]));
}

export function rememberProgress(progress: ReadonlyMap<string, Progress>): void {
  write(PROGRESS, JSON.stringify(Object.fromEntries(progress)));
}
