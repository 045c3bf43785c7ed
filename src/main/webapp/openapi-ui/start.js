// Shows the API of the server that this page comes from; asks nobody else, a validator of documents either.
SwaggerUIBundle({
  url: '../openapi?format=JSON',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
