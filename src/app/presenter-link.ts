// The thread between the window on the projector and the one with the notes: where each is, told to the other.
// Only windows of this browser and this address hear it; nothing leaves the machine. Missing in old browsers: then each stands alone.
// Who is told: app.ts.
export interface Told {
  readonly id: string;
  readonly t: number;
}

function isTold(value: unknown): value is Told {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    't' in value &&
    typeof value.t === 'number'
  );
}

export class PresenterLink {
  readonly #channel =
    'BroadcastChannel' in globalThis ? new BroadcastChannel('fourtuple.present') : undefined;
  #last = '';

  constructor(onTold: (told: Told) => void) {
    this.#channel?.addEventListener('message', ({ data }) => {
      if (!isTold(data)) return;
      this.#last = `${data.id} ${data.t}`;
      onTold(data);
    });
  }

  /** Says where this window is, once for each place. */
  tell(told: Told): void {
    const place = `${told.id} ${told.t}`;
    if (place === this.#last) return;
    this.#last = place;
    this.#channel?.postMessage(told);
  }
}
