const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** Safe as an element's content and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? character);
}

/** Terms with what they are, in pairs; both are escaped. */
export function definitions(className: string, values: Record<string, string>): string {
  const pairs = Object.entries(values).map(
    ([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return `<dl class="${className}">${pairs.join('')}</dl>`;
}
