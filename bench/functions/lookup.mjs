// In place of middy's router: one look into an object.
export default ({routes, notFoundResponse}) => {
  const handlers = Object.fromEntries(routes.map(({method, path, handler}) => [`${method} ${path}`, handler]));
  return (event, context) => {
    const {httpMethod: method, path} = event;
    const handler = handlers[`${method} ${path}`];
    return handler ? handler(event, context) : notFoundResponse({method, path});
  };
};
