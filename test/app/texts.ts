// How much room the texts of a picture take, and which are cut: wider than what they stand in, or shortened so far that
// nothing can be recognised, or shortened without the whole in the accessible name.
// Sizes are those of the style sheets. Who asks: overlap.ts.
import { labelBox, textBox } from '../../src/app/present/labels.js';
import { monoWidth, sansWidth } from '../../src/app/present/measure.js';
import type { Box, SocketRow, StagePicture, TextRow } from '../../src/app/present/picture.js';
import { portSize } from '../../src/app/present/shape.js';

/** What surrounds hosts of one network, and says which. */
const OUTLINE = { size: 11 };

type Label = Omit<TextRow, 'role'> & { readonly role: TextRow['role'] | 'outline' };

export function namedBox({ role, ...row }: Label): Box & { readonly key: string } {
  const box = role === 'outline' ? textBox(row, OUTLINE) : labelBox({ ...row, role });
  return { key: `${row.key} “${row.text}”`, ...box };
}

/** Letters may be squeezed a little to stand inside a socket's box; more than this share and they cannot be read. */
const SQUEEZE = 0.25;
/** Fewer letters before the ellipsis say nothing. */
const FEWEST = 2;

function socketFlaws(row: SocketRow): string[] {
  const isSlim = row.h < 30;
  const port = monoWidth(row.port, portSize(row.w, row.h)) + (row.mark === undefined ? 0 : 14);
  const state = isSlim ? 0 : sansWidth(row.state, 9.9) * (1 - SQUEEZE);
  return [
    ...(port > row.w - 2 ? [`${row.key} cuts ${row.port}: ${port.toFixed(0)} in ${row.w}`] : []),
    ...(state > row.w - 8 ? [`${row.key} squeezes ${row.state}: ${row.w}`] : []),
  ];
}

const short = (key: string, text: string, whole: string): string[] => {
  if (!text.includes('…')) return [];
  const [head = '', tail = ''] = text.split('…');
  return [
    ...(head.length + tail.length < FEWEST ? [`${key} is shortened to ${text}`] : []),
    ...(whole.includes(head) && whole.includes(tail) ? [] : [`${key} hides what it shortens: ${text}`]),
  ];
};

export function cutTexts(picture: StagePicture): string[] {
  const hosts = picture.hosts.flatMap((row) => {
    const titleEnd = row.titleX + sansWidth(row.title, 14);
    const addressEnd = row.addresses === '' ? titleEnd : row.addressX + monoWidth(row.addresses, 12);
    const edge = row.w - 10 - (row.aside === '' ? 0 : sansWidth(row.aside, 11) + 8);
    return [
      ...(Math.max(titleEnd, addressEnd) > edge
        ? [`${row.key} cuts its head: ${row.title} ${row.addresses}`]
        : []),
      ...(row.addresses !== '' && row.addressX < titleEnd ? [`${row.key}: name on address`] : []),
      ...short(row.key, row.title, row.name),
    ];
  });
  const processes = picture.processes.flatMap((row) => {
    const size = row.isGhost ? 11.5 : 12.5;
    const w = sansWidth(row.title, size);
    const left = row.anchor === 'middle' ? row.titleX - w / 2 : row.titleX;
    const right = row.detail === '' ? row.w - 2 : row.w - 10 - monoWidth(row.detail, 10.5);
    return [
      ...(left < 1 || left + w > right ? [`${row.key} cuts ${row.title} ${row.detail}`] : []),
      ...(row.id === undefined ? [] : short(row.key, row.title, row.name)),
    ];
  });
  const nodes = picture.nodes.flatMap(({ key, text, w, isSmall }) =>
    monoWidth(text, isSmall ? 10 : 11.5) > w - 4 ? [`${key} cuts ${text}`] : [],
  );
  const tickets = picture.tickets.flatMap((row) => [
    ...row.chips.flatMap(({ x, chip }) =>
      x + chip.width > row.w - 2 ? [`${row.key} cuts a chip ${chip.ep}`] : [],
    ),
    ...(row.tab !== undefined && row.tab.width > row.w - 10
      ? [`${row.key} cuts its tab ${row.tab.text}`]
      : []),
    ...(row.text?.lines ?? []).flatMap((line) => {
      const w =
        row.shape === 'icmp' && row.chips.length === 0 ? sansWidth(line, 10.5) : monoWidth(line, 11.5);
      return (row.text?.x ?? 0) + w > row.w - 2 ? [`${row.key} cuts ${line}`] : [];
    }),
  ]);
  return [...hosts, ...processes, ...nodes, ...tickets, ...picture.sockets.flatMap(socketFlaws)];
}
