// The least that a handler behind an API does: reads headers and authorizer, escapes them into a page. No library.
const escapeHtml = text => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

export const handler = async (event, context) => {
  const lines = Object.entries({...event.headers, ...event.requestContext?.authorizer}).map(
    ([name, value]) => `<li>${escapeHtml(name)}: ${escapeHtml(String(value))}</li>`,
  );
  return {
    statusCode: 200,
    headers: {'content-type': 'text/html; charset=utf-8'},
    body: `<!doctype html><title>Success</title><h1>Success</h1><p>${context.awsRequestId}</p><ul>${lines.join('')}</ul>`,
  };
};
