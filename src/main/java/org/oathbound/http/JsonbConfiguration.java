package org.oathbound.http;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How records become JSON: pretty-printed, without nulls, members in the order they are declared in. */
@Provider
public class JsonbConfiguration implements ContextResolver<Jsonb> {

    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig()
            .withFormatting(true)
            .withNullValues(false)
            .withSerializers(new RecordSerializer())
            .withAdapters(new Timestamps()));

    @Override
    public Jsonb getContext(Class<?> type) {
        return jsonb;
    }

    /** ISO 8601 in UTC with exactly three digits of a second, as PingOne writes it. */
    public static final class Timestamps implements JsonbAdapter<Instant, String> {

        private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                        "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);

        @Override
        public String adaptToJson(Instant instant) {
            return MILLISECONDS.format(instant);
        }

        @Override
        public Instant adaptFromJson(String text) {
            return Instant.parse(text);
        }
    }
}
