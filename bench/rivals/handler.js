// The one function that all subjects run. CommonJS, since lambda-local's server takes nothing else.
exports.handler = async event => ({number: event.number, at: Date.now()});
