package org.oathbound.environment;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.problem.Problem;

/** An environment in a directory of its own, and two processes that work on it. */
final class Fixture {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final String POLICY = """
            {"name": "Staff", "default": false,
             "oathToken": {"enabled": true, "otp": {"failure": {"count": 4, "coolDown": {"duration": 5, "timeUnit": "MINUTES"}}}},
             "totp": {"enabled": true, "otp": {"failure": {"count": 6, "coolDown": {"duration": 45, "timeUnit": "SECONDS"}}}},
             "sms": {"enabled": false, "otp": {"lifeTime": {"duration": 7, "timeUnit": "MINUTES"}}},
             "email": {"enabled": false}, "voice": {"enabled": false}, "mobile": {"enabled": false, "applications": {}},
             "fido2": {"enabled": false, "fido2PolicyId": "0f3e2bd6-6a53-5d0a-9d0c-6f5a3d4c2b1a"},
             "rememberMe": {"web": {"enabled": true, "lifeTime": {"duration": 1, "timeUnit": "DAYS"}}},
             "notificationsPolicy": {"id": "3b9f6a1e-2c4d-5e6f-8a7b-9c0d1e2f3a4b"},
             "somethingNew": [1, 2.50, null, "ü"]}""";

    final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow, and begins anywhere
    final AtomicLong reads = new AtomicLong();
    final AtomicReference<Runnable> afterRead = new AtomicReference<>(() -> {});
    final WholeDirectory directory = Directories.fresh();
    final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "check");
    final CurrentSettings current = new CurrentSettings(observed(directory), nanoTime::get);
    final StoredSettings stored = stored(current);
    final StoredSettings elsewhere = stored(new CurrentSettings(directory));

    private StoredSettings stored(CurrentSettings current) {
        return new StoredSettings(directory, current, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** The same directory; its reads are counted, and something may happen before their answers arrive. */
    private WholeDirectory observed(WholeDirectory directory) {
        return (WholeDirectory) Proxy.newProxyInstance(
                Fixture.class.getClassLoader(), new Class<?>[] {WholeDirectory.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(directory, arguments);
                        if (method.getName().equals("read")) {
                            reads.incrementAndGet();
                            afterRead.getAndSet(() -> {}).run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    List<Policy> policies() {
        return stored.of(environment).policies().all();
    }

    /** The first policy, which nobody has changed. */
    Policy first() {
        return stored.of(environment).policies().get(environment.firstPolicy());
    }

    static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    /** A policy as a client sends it, whole. */
    static JsonObject policy(String name, boolean isDefault) {
        return with(with(json(POLICY), "/name", '"' + name + '"'), "/default", String.valueOf(isDefault));
    }

    /** The document with another value at a pointer (RFC 6901). */
    static JsonObject with(JsonObject document, String pointer, String value) {
        JsonPointer place = Json.createPointer(pointer);
        JsonValue json = Json.createReader(new StringReader("[" + value + "]"))
                .readArray()
                .get(0);
        return place.add(document, json);
    }

    static JsonObject without(JsonObject document, String pointer) {
        return Json.createPointer(pointer).remove(document);
    }

    static String text(JsonObject document, String pointer) {
        return ((JsonString) Json.createPointer(pointer).getValue(document)).getString();
    }

    /** What is wrong with a request, as {@code CODE target}. */
    static List<String> faults(ThrowingCallable request) {
        return catchThrowableOfType(Problem.class, request).details().stream()
                .map(detail -> detail.code() + " " + detail.target())
                .toList();
    }
}
