// A picture with more than 500 packets in flight, in the browser: they are one image whose pixels have the sender's colour,
// whose marks are found under the pointer by their packet, and which changes with the theme. The scenario takes the place
// of one that ships while its file comes to the page.
import { expect, test } from '@playwright/test';
import { parseScenario } from '../../src/scenario/parse.js';
import { openStep } from './reader.js';

const STAND_IN = 'tcp-53-and-udp-53';
const SOURCE = `fourtuple: 1
title: Hundreds of letters at once
networks: { lan: { delay: 1s } }
hosts:
  laptop: { ip: 10.0.0.7, runs: dig }
  web: { ip: 10.0.0.80, runs: named }
script:
  - named: { bind: udp 53 }
  - dig: { bind: udp 5000 }
  - together:
      - { repeat: 520, steps: [{ dig: { sendto: hello, to: "udp web:53" } }] }
      - { dig: { sendto: last, to: "udp web:53" } }
`;

/** As a template literal of JSON, which is how the build writes a lesson. */
const written = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');

test('hundreds of packets are one image: its pixels, what is under the pointer, both themes', async ({
  page,
}) => {
  const { scenario, problems } = parseScenario(SOURCE);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  await page.route('**/lessons-ports-*.js', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(
      /`\{"source":"fourtuple: 1\\\\ntitle: A TCP 53(?:[^`\\]|\\.)*`/,
      () => `\`${written({ source: SOURCE, scenario, problems: [] })}\``,
    );
    await route.fulfill({ response: answer, body });
  });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openStep(page, STAND_IN, 522);
  const swarm = page.locator('.swarm');
  await expect(swarm).toHaveAttribute('aria-label', /^5\d\d packets in flight/);
  const image = swarm.locator('image');
  const href = await image.getAttribute('href');
  const pixels = await image.evaluate(async (element) => {
    const picture = new Image();
    picture.src = element.getAttribute('href') ?? '';
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const brush = canvas.getContext('2d');
    if (brush === null) throw new Error('no canvas');
    brush.drawImage(picture, 0, 0);
    const { data } = brush.getImageData(0, 0, picture.width, picture.height);
    const wanted = getComputedStyle(element).getPropertyValue('--a').trim();
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
    let own = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255)
        own += 1;
    return own;
  });
  expect(pixels).toBeGreaterThan(500);
  const box = await image.boundingBox();
  if (box === null) throw new Error('the image is not there');
  await page.mouse.move(box.x + 7, box.y + 7);
  await expect(swarm).toHaveAttribute('data-packet', /^packet-\d+$/);
  await expect(swarm.locator('.tip')).toHaveText('UDP datagram from laptop port 5000 to web port 53');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.press('ArrowLeft');
  await page.locator('.player[data-step="521"]').waitFor();
  expect(await image.getAttribute('href')).not.toBe(href);
});
