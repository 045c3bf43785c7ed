package org.oathbound.http;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record's components in the order they are declared in, nulls left out; JSON-B by itself orders by name or leaves
 * the order to chance. {@link JsonbProperty} on a component gives it another name, such as {@code _links}. JSON-B takes
 * public records only.
 */
public final class RecordSerializer implements JsonbSerializer<Record> {

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    @Override
    public void serialize(Record object, JsonGenerator generator, SerializationContext context) {
        generator.writeStartObject();
        for (RecordComponent component : COMPONENTS.get(object.getClass())) {
            Object value = valueOf(component, object);
            if (value != null) {
                context.serialize(nameOf(component), value, generator);
            }
        }
        generator.writeEnd();
    }

    private static String nameOf(RecordComponent component) {
        JsonbProperty name = component.getAccessor().getAnnotation(JsonbProperty.class);
        return name == null ? component.getName() : name.value();
    }

    private static @Nullable Object valueOf(RecordComponent component, Record object) {
        try {
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record's accessor can be called", e);
        }
    }
}
