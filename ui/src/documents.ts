// SPDX-License-Identifier: EUPL-1.2
// Documents and lists on their way out: the core makes them, the shell opens, prints or saves them.
import { open_file, print_file, query, save_file } from './bridge.ts';
import { language, t } from './i18n.ts';
import type { Exported } from './parts/table.ts';
import { toast } from './parts/toasts.ts';
import { slug, toCsv } from './text.ts';
import type { DocumentRequest, ExportTable, TableFormat } from './types.ts';

/** UTF-8 text as base64. */
export function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCodePoint(byte);
  return btoa(binary);
}

/** What the core reads as `FileInput` from a file that a person chose. */
export async function fileInput(file: File): Promise<{ name: string; content: string }> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error(file.name)));
    reader.readAsDataURL(file);
  });
  return { name: file.name, content: url.slice(url.indexOf(',') + 1) };
}

export async function openDocument(document: DocumentRequest): Promise<void> {
  await open_file(await query({ type: 'document', document, language: language() }));
}

export async function printDocument(document: DocumentRequest): Promise<void> {
  await print_file(await query({ type: 'document', document, language: language() }));
}

/** A table of the core, whole. */
export async function saveExport(table: ExportTable, format: TableFormat): Promise<void> {
  saved(await save_file(await query({ type: 'export', table, format })));
}

/** What is seen in an `sp-table`: give it as `.save=${saveSeen}`. */
export async function saveSeen(seen: Exported): Promise<void> {
  saved(await save_file({ name: `${slug(seen.caption)}.csv`, media_type: 'text/csv', content: base64(toCsv(seen.headings, seen.rows)), language: language() }));
}

function saved(path: string | null): void {
  if (path !== null) toast({ text: t('file-saved', { path }) });
}
