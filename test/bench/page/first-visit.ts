// A first visit with nothing in the cache: what is downloaded, when something is seen, and when the first step has been made.
// Network and processor are slowed down through the DevTools protocol. The first step is pressed as soon as the hero stands.
import { extname } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Site } from './site.js';

/** 10 Mbit/s and 40 ms, a processor of a quarter of the speed: a phone of the middle class in a lecture hall. */
const NETWORK = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const SLOWNESS = 4;

export interface Visit {
  /** Bytes on the wire by kind, up to the first step and in all. */
  readonly early: ReadonlyMap<string, number>;
  readonly whole: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly requestsEarly: number;
  /** Milliseconds since the navigation began. */
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly heroDrawn: number;
  readonly firstStep: number;
  /** The last response. */
  readonly loaded: number;
}

interface Seen {
  firstPaint: number;
  largestPaint: number;
  heroDrawn: number;
  firstStep: number;
}

declare global {
  interface Window {
    seen?: Seen;
  }
}

/** Runs in the page before anything of it: notes when the hero stands, presses Step, notes when that is painted. */
function watch(): void {
  const seen: Seen = { firstPaint: 0, largestPaint: 0, heroDrawn: 0, firstStep: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === 'first-contentful-paint') seen.firstPaint = startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.largestPaint = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  const painted = (then: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(undefined);
    });
  };
  const observer = new MutationObserver(() => {
    const step = document.querySelector<HTMLElement>('.hero [data-action="step"]');
    if (step === null || document.querySelector('.hero .stage-svg [data-socket]') === null) return;
    observer.disconnect();
    painted(() => {
      seen.heroDrawn = performance.now();
      const before = document.querySelector('.hero .lead')?.textContent;
      const done = new MutationObserver(() => {
        if (document.querySelector('.hero .lead')?.textContent === before) return;
        done.disconnect();
        painted(() => {
          seen.firstStep = performance.now();
        });
      });
      done.observe(document, { subtree: true, childList: true, characterData: true });
      step.click();
    });
  });
  observer.observe(document, { subtree: true, childList: true });
}

export async function visit(browser: Browser, site: Site, isSlow: boolean): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Network.enable');
  if (isSlow) {
    await protocol.send('Network.emulateNetworkConditions', NETWORK);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: SLOWNESS });
  }
  const began = new Map<string, { readonly url: string; readonly at: number }>();
  const responses: {
    readonly url: string;
    readonly asked: number;
    readonly end: number;
    readonly bytes: number;
  }[] = [];
  protocol.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    if (!request.url.startsWith('data:')) began.set(requestId, { url: request.url, at: timestamp });
  });
  protocol.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const known = began.get(requestId);
    if (known) responses.push({ url: known.url, asked: known.at, end: timestamp, bytes: encodedDataLength });
  });
  await page.addInitScript(watch);
  await page.goto(site.url);
  await page.waitForFunction(() => (window.seen?.firstStep ?? 0) > 0, undefined, { timeout: 60_000 });
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  const seen = await page.evaluate(() => window.seen);
  await context.close();
  if (seen === undefined) throw new Error('the page was not watched');
  const start = Math.min(...responses.map(({ asked }) => asked));
  const until = start + seen.firstStep / 1000;
  const early = responses.filter(({ end }) => end <= until);
  return {
    ...seen,
    early: byKind(early),
    whole: byKind(responses),
    requestsEarly: early.length,
    requests: responses.length,
    loaded: 1000 * (Math.max(...responses.map(({ end }) => end)) - start),
  };
}

function byKind(responses: readonly { readonly url: string; readonly bytes: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { url, bytes } of responses) {
    const { pathname } = new URL(url);
    const kind = pathname.endsWith('/') ? '.html' : extname(pathname);
    sums.set(kind, (sums.get(kind) ?? 0) + bytes);
  }
  return sums;
}
