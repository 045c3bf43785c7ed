package org.oathbound.commandline.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A document of settings. A single value goes by the names of the members that lead to it: {@code hotp.lookAhead}. */
public final class SettingsDocument {

    /** What the service says of the document, and is no setting. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("_links", "id", "environment", "updatedAt", "forSignOnPolicy");

    /** What the service does not show before it is set. It keeps any other member too, so a typing error is found here only. */
    private static final Set<String> NOT_SHOWN = Set.of(
            "lockout.failureCount",
            "lockout.durationSeconds",
            "pairing.maxAllowedDevices",
            "users.mfaEnabled",
            "oathToken.pairingDisabled",
            "totp.pairingDisabled",
            "totp.passcodeGracePeriod",
            "totp.uriParameters.issuer");

    private static final JsonMapper JSON = new JsonMapper();

    private final String id;
    private final ObjectNode values;

    /** @param document as the service has answered it; it stays as it is */
    public SettingsDocument(JsonNode document) {
        this.id = document.path("id").asText();
        this.values = JsonNodeFactory.instance.objectNode();
        document.properties().forEach(member -> {
            if (!NOT_SETTINGS.contains(member.getKey())) {
                values.set(member.getKey(), member.getValue().deepCopy());
            }
        });
    }

    /** Empty where the environment has one such document only. */
    public String id() {
        return id;
    }

    /** The whole, as the service takes it. */
    public JsonNode values() {
        return values;
    }

    /** The name and the value of each setting. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        addRows(rows, "", values);
        return rows;
    }

    private static void addRows(List<List<String>> rows, String prefix, JsonNode object) {
        object.properties().forEach(member -> {
            String name = prefix + member.getKey();
            JsonNode value = member.getValue();
            if (value.isObject()) {
                addRows(rows, name + ".", value);
            } else {
                rows.add(List.of(name, text(value)));
            }
        });
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.isValueNode() ? item.asText() : item.toString()));
        return String.join(",", items);
    }

    /**
     * Changes one value, or removes it.
     *
     * @param nameAndValue such as {@code hotp.lookAhead=20}; in a list there are commas
     * @throws Failure when there is no setting of that name
     */
    public void change(String nameAndValue) {
        int equals = nameAndValue.indexOf('=');
        if (equals < 1) {
            throw Failure.usage("A setting is like hotp.lookAhead=20, and this is not: " + nameAndValue);
        }
        String name = nameAndValue.substring(0, equals);
        String text = nameAndValue.substring(equals + 1);
        JsonNode before = values.at("/" + name.replace('.', '/'));
        if (before.isObject() || (before.isMissingNode() && !NOT_SHOWN.contains(name))) {
            throw Failure.usage(
                    "There is no setting " + name + " here. Those that there are: oathbound settings show.");
        }
        ObjectNode parent = values;
        int from = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
            parent = parent.withObject("/" + name.substring(from, dot));
            from = dot + 1;
        }
        String last = name.substring(from);
        if (text.isEmpty()) {
            parent.remove(last);
        } else {
            parent.set(last, value(before, text));
        }
    }

    /** Of the kind that it had before; where it was not there, what the text looks like. */
    private static JsonNode value(JsonNode before, String text) {
        if (before.isTextual()) {
            return TextNode.valueOf(text);
        }
        if (before.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (String item : text.split(",", -1)) {
                items.add(item.strip());
            }
            return items;
        }
        try {
            JsonNode value = JSON.readTree(text);
            return value.isNumber() || value.isBoolean() ? value : TextNode.valueOf(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
