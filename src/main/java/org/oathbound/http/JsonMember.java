package org.oathbound.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Texts;

/** A member of a {@linkplain JsonFields JSON object}. Each method reads it as one type; null when it is absent or is no such value. */
public final class JsonMember {

    private final String name;
    private final @Nullable JsonValue value;
    private final Faults faults;

    JsonMember(String name, @Nullable JsonValue value, Faults faults) {
        this.name = name;
        this.value = value;
        this.faults = faults;
    }

    public @Nullable String text() {
        return as(JsonString.class, "string").map(JsonString::getString).orElse(null);
    }

    /** A text of one line that can be read. */
    public @Nullable String line(int maximum) {
        String text = text();
        if (text != null && text.length() > maximum) {
            faults.tooLong(name, maximum);
        } else if (text != null && !Texts.isVisible(text)) {
            faults.invalid(name, "The " + name + " must have visible characters, and no others.");
        }
        return text;
    }

    /**
     * A text of a form of its own, such as a code.
     *
     * @param message what is said of a text of another form
     */
    public <T> @Nullable T parsed(Function<String, Optional<T>> parser, String message) {
        String text = text();
        Optional<T> parsed = text == null ? Optional.empty() : parser.apply(text);
        if (text != null && parsed.isEmpty()) {
            faults.invalid(name, message);
        }
        return parsed.orElse(null);
    }

    public @Nullable String oneOf(List<String> allowed) {
        String text = text();
        if (text == null || allowed.contains(text)) {
            return text;
        }
        faults.notOneOf(name, allowed);
        return null;
    }

    public <E extends Enum<E>> @Nullable E oneOf(Class<E> type) {
        String text = oneOf(Stream.of(type.getEnumConstants()).map(Enum::name).toList());
        return text == null ? null : Enum.valueOf(type, text);
    }

    /** The same, and {@code usual} when it is absent. */
    public <E extends Enum<E>> E oneOf(Class<E> type, E usual) {
        return Objects.requireNonNullElse(oneOf(type), usual);
    }

    /** One of these numbers. */
    public @Nullable Integer oneOf(Integer... allowed) {
        for (Integer number : allowed) {
            if (value instanceof JsonNumber sent && sent.bigDecimalValue().compareTo(BigDecimal.valueOf(number)) == 0) {
                return number;
            }
        }
        if (value != null) {
            faults.notOneOf(name, List.of(allowed));
        }
        return null;
    }

    /** A list of strings, perhaps an empty one. */
    public @Nullable List<String> texts(int maximum) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(JsonString.class::isInstance)) {
            isNo("list of strings");
            return null;
        }
        if (array.size() > maximum) {
            faults.add(DetailCode.SIZE_LIMIT_EXCEEDED, name, "The list has more than " + maximum + " values.");
            return null;
        }
        return array.getValuesAs(JsonString::getString);
    }

    /** Each of them one of those that are allowed, at least one, none twice. */
    public @Nullable List<String> someOf(List<String> allowed) {
        Optional<JsonArray> array = as(JsonArray.class, "list");
        if (array.isEmpty()) {
            return null;
        }
        List<String> texts = array.get().stream()
                .map(item -> item instanceof JsonString text ? text.getString() : "")
                .toList();
        if (texts.isEmpty()) {
            faults.add(DetailCode.EMPTY_VALUE, name, "The list is empty.");
        } else if (!allowed.containsAll(texts)) {
            faults.notOneOf(name, allowed);
        } else if (Set.copyOf(texts).size() < texts.size()) {
            faults.invalid(name, "A value stands in the list twice.");
        }
        return texts;
    }

    public @Nullable Boolean flag() {
        if (value == null || JsonValue.TRUE.equals(value) || JsonValue.FALSE.equals(value)) {
            return value == null ? null : (Boolean) JsonValue.TRUE.equals(value);
        }
        isNo("boolean");
        return null;
    }

    /** The same, and {@code usual} when it is absent. */
    public boolean flag(boolean usual) {
        return Objects.requireNonNullElse(flag(), usual);
    }

    /** Any whole number; of one that is too large for a long, the nearest that is not. */
    public @Nullable Long integer() {
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonNumber number) || !isWhole(number)) {
            isNo("whole number");
            return null;
        }
        return number.bigDecimalValue()
                .max(BigDecimal.valueOf(Long.MIN_VALUE))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    public @Nullable Long integer(long first, long last) {
        Long number = integer();
        if (number == null || (first <= number && number <= last)) {
            return number;
        }
        faults.outOfRange(name, first, last);
        return null;
    }

    /** The same, and {@code usual} when it is absent. */
    public int integer(int first, int last, int usual) {
        Long number = integer(first, last);
        return number == null ? usual : number.intValue();
    }

    /** A moment in UTC, as ISO 8601 writes it. */
    public @Nullable Instant instant() {
        return parsed(JsonMember::instant, "A time must be like \"2030-12-31T00:00:00.000Z\".");
    }

    /** A UUID by its shape (RFC 9562 section 4), whatever its version. */
    public @Nullable UUID uuid() {
        return parsed(Texts::uuid, "The value must be a UUID.");
    }

    public JsonFields object() {
        return new JsonFields(as(JsonObject.class, "object").orElse(null), faults.within(name));
    }

    private <T extends JsonValue> Optional<T> as(Class<T> type, String kind) {
        if (value != null && !type.isInstance(value)) {
            isNo(kind);
        }
        return Optional.ofNullable(value).filter(type::isInstance).map(type::cast);
    }

    private void isNo(String kind) {
        faults.invalid(name, "The value must be a " + kind + ".");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Numbers such as 1e999999999 are never expanded: an exponent that large is no whole number of ours. */
    private static boolean isWhole(JsonNumber number) {
        BigDecimal sent = number.bigDecimalValue();
        return Math.abs((long) sent.scale()) <= 30 && sent.stripTrailingZeros().scale() <= 0;
    }
}
