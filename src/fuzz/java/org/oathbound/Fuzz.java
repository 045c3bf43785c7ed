package org.oathbound;

import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.oathbound.http.JsonBody;
import org.oathbound.problem.Problem;

/** What holds for every parser, whatever it is given: it reads it, or says by a refusal that it can't. */
public final class Fuzz {

    private Fuzz() {}

    /** What a client may be told; anything else that leaves a parser is a fault of ours. */
    public static void refusedAtMost(Runnable parser) {
        try {
            parser.run();
        } catch (Problem.Corrupt | Problem.Unavailable e) {
            throw new AssertionError("The input is blamed on the store.", e);
        } catch (Problem refused) {
            check(!refused.getMessage().isEmpty(), "a refusal says why");
        } catch (WebApplicationException refused) {
            check(refused.getResponse().getStatus() < 500, "a refusal is no failure");
        }
    }

    /** Reads the bytes as a body, and the body as documents. */
    @SafeVarargs
    public static void document(byte[] body, Consumer<JsonObject>... documents) {
        refusedAtMost(() -> {
            JsonObject object = JsonBody.read(new ByteArrayInputStream(body));
            for (Consumer<JsonObject> document : documents) {
                refusedAtMost(() -> document.accept(object));
            }
        });
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public static Stream<byte[]> seeds(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    public static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
