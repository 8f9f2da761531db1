// Gives the reader a file: the browser saves it as it saves any download. Nothing is sent anywhere.
// It refuses to know what is in it. Who makes the texts: answers.ts and pictures of the views.
export function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
