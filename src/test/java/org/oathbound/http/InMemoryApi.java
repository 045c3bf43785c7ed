package org.oathbound.http;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;

/** The real JAX-RS runtime with our conventions, asked without a network in between. */
public final class InMemoryApi {

    private static final URI BASE = URI.create("http://localhost:8080/");

    private final ApplicationHandler handler;

    /** @param components resources and filters beside the conventions, as classes or objects */
    public InMemoryApi(Object... components) {
        ResourceConfig config = new ResourceConfig(
                ProblemMapper.class,
                WebFailureMapper.class,
                UnexpectedFailureMapper.class,
                JsonbConfiguration.class,
                TracingFilter.class,
                MalformedHeaderFilter.class,
                BodyLimitFilter.class,
                UuidParameters.class);
        config.addProperties(new Api().getProperties());
        for (Object component : components) {
            if (component instanceof Class<?> type) {
                config.register(type);
            } else {
                config.register(component);
            }
        }
        handler = new ApplicationHandler(config);
    }

    /** A request under construction. */
    public final class Call {

        private final ContainerRequest request;

        private Call(String method, String path) {
            request = new ContainerRequest(BASE, BASE.resolve(path), method, null, new MapPropertiesDelegate(), null);
        }

        public Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        public Call accept(String mediaTypes) {
            return header("Accept", mediaTypes);
        }

        public Answer send() {
            return send("");
        }

        public Answer send(String body) {
            return send(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        }

        public Answer send(InputStream body) {
            request.setEntityStream(body);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try {
                ContainerResponse response = handler.apply(request, written).get();
                return new Answer(
                        response.getStatus(), response.getStringHeaders(), written.toString(StandardCharsets.UTF_8));
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** What came back. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        public JsonObject json() {
            return Json.createReader(new StringReader(body)).readObject();
        }

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> String.join(", ", header.getValue()))
                    .findFirst()
                    .orElse("");
        }
    }

    public Call get(String path) {
        return new Call("GET", path);
    }

    public Call post(String path, String mediaType) {
        return new Call("POST", path).header("Content-Type", mediaType);
    }

    public Call call(String method, String path) {
        return new Call(method, path);
    }
}
