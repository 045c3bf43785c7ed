package org.oathbound.http;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Texts;

/**
 * Lets resource methods take a {@link UUID} as a parameter. Only the shape counts (RFC 9562 section 4, 36 characters):
 * PingOne's own samples have variants that no standard knows. Anything else names nothing: 404.
 */
@Provider
public class UuidParameters implements ParamConverterProvider {

    @Override
    @SuppressWarnings("unchecked") // T is UUID where the converter is made
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> rawType, Type genericType, Annotation[] annotations) {
        return rawType == UUID.class ? (ParamConverter<T>) new Converter() : null;
    }

    private static final class Converter implements ParamConverter<UUID> {

        @Override
        public @Nullable UUID fromString(@Nullable String text) {
            return Texts.uuid(text).orElseThrow(NotFoundException::new);
        }

        @Override
        public String toString(UUID value) {
            return value.toString();
        }
    }
}
