package org.oathbound.seedfile.control;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.oathbound.problem.Problem;

/**
 * The drafts of RFC 6030 that HID, Verisign and others send to this day, as RFC 6030 would write them. In a draft a
 * {@code Device} has the {@code Key}, whose values stand in {@code Data} elements with names; a counter is the Base64 of eight
 * bytes, its highest first. Drafts with encrypted values are refused: no two encrypt in the same way.
 */
final class PskcDraft {

    private static final Set<String> NAMESPACES = Set.of(
            "urn:ietf:params:xml:ns:keyprov:container",
            "urn:ietf:params:xml:ns:keyprov:container:1.0",
            "urn:ietf:params:xml:ns:keyprov:pskc:1.0");

    private static final Map<String, String> VALUES = Map.of(
            "SECRET", "Secret",
            "COUNTER", "Counter",
            "TIME", "Time",
            "TIME_INTERVAL", "TimeInterval",
            "TIME_DRIFT", "TimeDrift");

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "KeyId", "Id",
            "KeyAlgorithm", "Algorithm",
            "Format", "Encoding",
            "format", "Encoding",
            "length", "Length",
            "CheckDigit", "CheckDigits",
            "version", "Version");

    /** Such as {@code http://www.ietf.org/keyprov/pskc#hotp}, in the oldest {@code HOTP} alone. */
    private static final Pattern ALGORITHM =
            Pattern.compile("(?:[^#]*#)?(?:OATH-)?(HOTP|TOTP)", Pattern.CASE_INSENSITIVE);

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private PskcDraft() {}

    /** Whether the document is a draft's. */
    static boolean wrote(PskcElement root) {
        return isDraft(root) && root.name().equals("KeyContainer");
    }

    /** The root, or an element in it with all that is in that; what is not known stays, for the reader to refuse. */
    static PskcElement asInRfc(PskcElement element) {
        if (!isDraft(element)) {
            return element;
        }
        return switch (element.name()) {
            case "KeyContainer" -> container(element);
            case "EncryptionMethod" -> {
                if (!"NONE".equalsIgnoreCase(attribute(element, "Algorithm"))) {
                    throw encrypted();
                }
                yield passedOver();
            }
            case "EncryptionKey" -> throw encrypted();
            // Of values in the clear there is no key to check a digest with.
            case "DigestMethod", "MACAlgorithm" -> passedOver();
            case "Device" ->
                made(
                        "KeyPackage",
                        element.children().stream().map(PskcDraft::inDevice).toList());
            default -> inNamespace(element);
        };
    }

    private static boolean isDraft(PskcElement element) {
        return NAMESPACES.contains(element.namespace());
    }

    private static Problem.InvalidRequest encrypted() {
        return PskcXml.invalid(
                "The file is a draft of PSKC with encrypted values, which are not read; ask its sender for"
                        + " one that follows RFC 6030, or decrypt it first.");
    }

    /** The oldest drafts have no version. */
    private static PskcElement container(PskcElement root) {
        Map<String, String> attributes = new HashMap<>(inNamespace(root).attributes());
        attributes.putIfAbsent("Version", "1.0");
        return new PskcElement(PskcElement.PSKC, root.name(), attributes, root.text(), root.children());
    }

    private static PskcElement inDevice(PskcElement child) {
        if (!isDraft(child)) {
            return child;
        }
        return switch (child.name()) {
            case "DeviceId", "DeviceInfo" ->
                made(
                        "DeviceInfo",
                        child.children().stream().flatMap(PskcDraft::inDeviceId).toList());
            case "Key" -> key(child);
            default -> inNamespace(child);
        };
    }

    /** A day with slashes is left out: whether its month comes first is open, and it is only for reports. */
    private static Stream<PskcElement> inDeviceId(PskcElement child) {
        if (!isDraft(child) || !(child.name().equals("Expiry") || child.name().equals("ExpiryDate"))) {
            return Stream.of(inNamespace(child));
        }
        String day = child.text();
        return day.contains("/")
                ? Stream.empty()
                : Stream.of(made("ExpiryDate", DAY.matcher(day).matches() ? day + "T00:00:00Z" : day));
    }

    private static PskcElement key(PskcElement key) {
        List<PskcElement> children = new ArrayList<>();
        List<PskcElement> values = new ArrayList<>();
        List<PskcElement> policy = new ArrayList<>();
        for (PskcElement child : key.children()) {
            switch (isDraft(child) ? child.name() : "") {
                case "Data" -> values.addAll(values(child));
                case "Usage" -> {
                    children.add(made("AlgorithmParameters", inNamespace(child).children()));
                    policy.addAll(usages(child));
                }
                case "StartDate", "ExpiryDate" -> policy.add(inNamespace(child));
                case "Policy" -> policy.addAll(inNamespace(child).children());
                default -> children.add(inNamespace(child));
            }
        }
        if (!values.isEmpty()) {
            children.add(made("Data", values));
        }
        if (!policy.isEmpty()) {
            children.add(made("Policy", policy));
        }
        Map<String, String> attributes = new HashMap<>(inNamespace(key).attributes());
        attributes.computeIfPresent("Algorithm", (name, uri) -> algorithm(uri));
        return new PskcElement(PskcElement.PSKC, "Key", attributes, key.text(), children);
    }

    private static String algorithm(String uri) {
        Matcher matcher = ALGORITHM.matcher(uri);
        return matcher.matches() ? PskcElement.PSKC + ":" + matcher.group(1).toLowerCase(Locale.ROOT) : uri;
    }

    /** Where some are said, others are not allowed. */
    private static List<PskcElement> usages(PskcElement usage) {
        List<PskcElement> allowed = usage.attributes().entrySet().stream()
                .filter(attribute -> Set.of("true", "1").contains(attribute.getValue()))
                .map(attribute -> made("KeyUsage", attribute.getKey()))
                .toList();
        return allowed.isEmpty() && !usage.attributes().isEmpty() ? List.of(made("KeyUsage", "")) : allowed;
    }

    /** The value that a {@code Data} names, or all that stand in one without a name. */
    private static List<PskcElement> values(PskcElement data) {
        String name = attribute(data, "Name");
        if (name.isEmpty()) {
            List<PskcElement> values = inNamespace(data).children();
            values.forEach(value -> refuseEncrypted(value.children()));
            return values;
        }
        refuseEncrypted(data.children());
        String inRfc = VALUES.getOrDefault(name.toUpperCase(Locale.ROOT), name);
        List<PskcElement> children = data.children().stream()
                .filter(child -> !child.name().equals("ValueDigest"))
                .map(child -> child.name().equals("Value") || child.name().equals("PlainValue")
                        ? made("PlainValue", inRfc.equals("Secret") ? child.text() : integer(child.text()))
                        : inNamespace(child))
                .toList();
        return List.of(made(inRfc, children));
    }

    private static void refuseEncrypted(List<PskcElement> value) {
        if (value.stream().anyMatch(child -> child.name().equals("EncryptedValue"))) {
            throw encrypted();
        }
    }

    /** In decimal digits, which some write; the text itself when it is neither. Bytes that are digits could be either. */
    private static String integer(String text) {
        if (text.matches("[0-9]{1,11}")) {
            return text;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            boolean areDigits = IntStream.range(0, bytes.length).allMatch(i -> bytes[i] >= '0' && bytes[i] <= '9');
            return bytes.length == Long.BYTES && !areDigits
                    ? Long.toString(ByteBuffer.wrap(bytes).getLong())
                    : text;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String attribute(PskcElement element, String name) {
        String value = element.attribute(name);
        return PskcFault.orEmpty(value == null ? element.attribute(name.toLowerCase(Locale.ROOT)) : value);
    }

    /** {@link Pskc} passes over what is called so. */
    private static PskcElement passedOver() {
        return made("Extensions", List.of());
    }

    private static PskcElement made(String name, List<PskcElement> children) {
        return new PskcElement(PskcElement.PSKC, name, Map.of(), "", children);
    }

    private static PskcElement made(String name, String text) {
        return new PskcElement(PskcElement.PSKC, name, Map.of(), text, List.of());
    }

    private static PskcElement inNamespace(PskcElement element) {
        if (!isDraft(element)) {
            return element;
        }
        Map<String, String> attributes = new HashMap<>();
        element.attributes().forEach((name, value) -> attributes.put(ATTRIBUTES.getOrDefault(name, name), value));
        return new PskcElement(
                PskcElement.PSKC,
                element.name(),
                attributes,
                element.text(),
                element.children().stream().map(PskcDraft::inNamespace).toList());
    }
}
