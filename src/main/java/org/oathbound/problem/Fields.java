package org.oathbound.problem;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, read by type. What is not right becomes a fault and reads as null, so that one pass finds
 * them all. A member that is {@code null} counts as absent.
 */
public final class Fields {

    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]+");

    private final JsonObject object;
    private final String path;
    private final List<Detail> faults;

    /**
     * @param path goes before the names in faults, such as {@code totp.}
     * @param faults where faults are put
     */
    public Fields(JsonObject object, String path, List<Detail> faults) {
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    /** Whether a text has the shape of a UUID; {@link UUID#fromString} takes {@code 1-2-3-4-5} as well. */
    public static boolean isUuid(@Nullable String text) {
        return text != null && UUID_SHAPE.matcher(text).matches();
    }

    /** Whether a text can be read as one line: visible characters and spaces, not spaces alone. */
    public static boolean isVisible(String text) {
        return !text.isBlank() && ONE_LINE.matcher(text).matches();
    }

    public boolean isAbsent(String name) {
        return object.getOrDefault(name, JsonValue.NULL).getValueType() == JsonValue.ValueType.NULL;
    }

    /** Absent is a fault. */
    public @Nullable String requiredText(String name) {
        return isRequired(name) ? text(name) : null;
    }

    /** A text of one line that can be read; absent is a fault. */
    public @Nullable String requiredLine(String name, int maximum) {
        String text = requiredText(name);
        if (text != null && text.length() > maximum) {
            tooLong(name, maximum);
        } else if (text != null && !isVisible(text)) {
            fault(DetailCode.INVALID_VALUE, name, "The " + name + " must have visible characters, and no others.");
        }
        return text;
    }

    public @Nullable String text(String name) {
        if (isAbsent(name)) {
            return null;
        }
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        isNo("string", name);
        return null;
    }

    /** Absent is a fault. */
    public @Nullable String requiredOneOf(String name, List<String> allowed) {
        return isRequired(name) ? oneOf(name, allowed) : null;
    }

    public @Nullable String oneOf(String name, List<String> allowed) {
        String text = text(name);
        if (text == null || allowed.contains(text)) {
            return text;
        }
        notAllowed(name, allowed);
        return null;
    }

    /** A list of strings, perhaps an empty one; absent is a fault. */
    public @Nullable List<String> requiredTexts(String name, int maximum) {
        if (!isRequired(name)) {
            return null;
        }
        if (!(object.get(name) instanceof JsonArray array) || !array.stream().allMatch(JsonString.class::isInstance)) {
            isNo("list of strings", name);
            return null;
        }
        if (array.size() > maximum) {
            fault(DetailCode.SIZE_LIMIT_EXCEEDED, name, "The list has more than " + maximum + " values.");
            return null;
        }
        return array.getValuesAs(JsonString::getString);
    }

    /** Each of them one of those that are allowed, at least one, none twice. */
    public @Nullable List<String> listOf(String name, List<String> allowed) {
        if (isAbsent(name)) {
            return null;
        }
        if (!(object.get(name) instanceof JsonArray array)) {
            isNo("list", name);
            return null;
        }
        List<String> texts = array.stream()
                .map(value -> value instanceof JsonString text ? text.getString() : "")
                .toList();
        if (texts.isEmpty()) {
            fault(DetailCode.EMPTY_VALUE, name, "The list is empty.");
        } else if (!allowed.containsAll(texts)) {
            notAllowed(name, allowed);
        } else if (Set.copyOf(texts).size() < texts.size()) {
            fault(DetailCode.INVALID_VALUE, name, "A value stands in the list twice.");
        }
        return texts;
    }

    /** Absent is a fault. */
    public @Nullable Boolean requiredFlag(String name) {
        return isRequired(name) ? flag(name) : null;
    }

    public @Nullable Boolean flag(String name) {
        if (isAbsent(name)) {
            return null;
        }
        JsonValue value = object.get(name);
        if (JsonValue.TRUE.equals(value) || JsonValue.FALSE.equals(value)) {
            return JsonValue.TRUE.equals(value);
        }
        isNo("boolean", name);
        return null;
    }

    /** Absent is a fault. */
    public @Nullable Integer requiredOneOf(String name, Integer... allowed) {
        if (!isRequired(name)) {
            return null;
        }
        for (Integer value : allowed) {
            if (object.get(name) instanceof JsonNumber number
                    && number.bigDecimalValue().compareTo(BigDecimal.valueOf(value)) == 0) {
                return value;
            }
        }
        notAllowed(name, List.of(allowed));
        return null;
    }

    /** Absent is a fault. */
    public @Nullable Long requiredInteger(String name, long first, long last) {
        return isRequired(name) ? integer(name, first, last) : null;
    }

    public @Nullable Long integer(String name, long first, long last) {
        if (isAbsent(name)) {
            return null;
        }
        if (!(object.get(name) instanceof JsonNumber number) || !isWhole(number)) {
            isNo("whole number", name);
            return null;
        }
        BigDecimal value = number.bigDecimalValue();
        if (value.compareTo(BigDecimal.valueOf(first)) < 0 || value.compareTo(BigDecimal.valueOf(last)) > 0) {
            Map<String, Object> range = Map.of("rangeMinimumValue", first, "rangeMaximumValue", last);
            fault(DetailCode.OUT_OF_RANGE, name, "The value must be from " + first + " to " + last + ".", range);
            return null;
        }
        return value.longValueExact();
    }

    /** Absent is a fault. */
    public @Nullable Instant requiredInstant(String name) {
        return isRequired(name) ? instant(name) : null;
    }

    /** A moment in UTC, as ISO 8601 writes it. */
    public @Nullable Instant instant(String name) {
        return instant(name, "A time must be like \"2030-12-31T00:00:00.000Z\".");
    }

    /**
     * The same in other words.
     *
     * @param message what is said of a text that is none
     */
    public @Nullable Instant instant(String name, String message) {
        String text = text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            fault(DetailCode.INVALID_VALUE, name, message);
            return null;
        }
    }

    /** A UUID by its shape (RFC 9562 section 4), whatever its version. */
    public @Nullable UUID uuid(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!isUuid(text)) {
            fault(DetailCode.INVALID_VALUE, name, "The value must be a UUID.");
            return null;
        }
        return UUID.fromString(text);
    }

    /** Absent is a fault. */
    public @Nullable UUID requiredUuid(String name) {
        return isRequired(name) ? uuid(name) : null;
    }

    /** Absent is a fault. */
    public @Nullable Fields requiredObject(String name) {
        return isRequired(name) ? object(name) : null;
    }

    public @Nullable Fields object(String name) {
        if (isAbsent(name)) {
            return null;
        }
        if (object.get(name) instanceof JsonObject inner) {
            return new Fields(inner, path + name + ".", faults);
        }
        isNo("object", name);
        return null;
    }

    public void tooLong(String name, int maximum) {
        fault(
                DetailCode.SIZE_LIMIT_EXCEEDED,
                name,
                "The value is longer than " + maximum + " characters.",
                Map.of("maximumValue", maximum));
    }

    public void notMatching(String name, String message, String pattern) {
        fault(DetailCode.INVALID_VALUE, name, message, Map.of("allowedPattern", pattern));
    }

    public void fault(DetailCode code, String name, String message) {
        fault(code, name, message, Map.of());
    }

    public void fault(DetailCode code, String name, String message, Map<String, Object> facts) {
        faults.add(new Detail(code, path + name, message, facts));
    }

    private boolean isRequired(String name) {
        if (isAbsent(name)) {
            fault(DetailCode.REQUIRED_VALUE, name, "A value is required.");
            return false;
        }
        return true;
    }

    private void isNo(String kind, String name) {
        fault(DetailCode.INVALID_VALUE, name, "The value must be a " + kind + ".");
    }

    private void notAllowed(String name, List<?> allowed) {
        fault(
                DetailCode.INVALID_VALUE,
                name,
                "The value must be one of " + allowed + ".",
                Map.of("allowedValues", allowed));
    }

    /** Numbers such as 1e999999999 are never expanded: an exponent that large is no whole number of ours. */
    private static boolean isWhole(JsonNumber number) {
        BigDecimal value = number.bigDecimalValue();
        return Math.abs((long) value.scale()) <= 30
                && value.stripTrailingZeros().scale() <= 0;
    }
}
