package org.oathbound.seedfile.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What privacyIDEA exports as PSKC, as RFC 6030 would write it. It writes every name in lower case, the hash into an
 * attribute of its own, a clock's drift in seconds, and {@code None} where it has no value.
 */
final class PrivacyIdeaPskc {

    private static final Map<String, String> NAMES = Stream.of(
                    "KeyContainer",
                    "EncryptionKey",
                    "KeyName",
                    "MACMethod",
                    "MACKey",
                    "EncryptionMethod",
                    "CipherData",
                    "CipherValue",
                    "KeyPackage",
                    "DeviceInfo",
                    "Manufacturer",
                    "SerialNo",
                    "Key",
                    "Issuer",
                    "AlgorithmParameters",
                    "ResponseFormat",
                    "Suite",
                    "Data",
                    "Secret",
                    "EncryptedValue",
                    "PlainValue",
                    "ValueMAC",
                    "Time",
                    "TimeInterval",
                    "Counter",
                    "TimeDrift",
                    "Version",
                    "Algorithm",
                    "Id",
                    "Length",
                    "Encoding")
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

    private PrivacyIdeaPskc() {}

    /** Whether the document is one of its own. */
    static boolean wrote(PskcElement root) {
        return root.is("keycontainer") && root.attribute("version") != null;
    }

    /** The element with all that is in it; what is not known stays, for the reader to refuse. */
    static PskcElement asInRfc(PskcElement element) {
        Map<String, String> attributes = element.attributes().entrySet().stream()
                .collect(Collectors.toMap(attribute -> name(attribute.getKey()), Map.Entry::getValue, (a, b) -> b));
        List<PskcElement> children = element.children().stream()
                .map(PrivacyIdeaPskc::asInRfc)
                .filter(child -> !isNone(child))
                .toList();
        String hash = element.attribute("hashalgo");
        PskcElement renamed = new PskcElement(
                element.namespace(),
                name(element.name()),
                attributes,
                hash == null ? element.text() : "HMAC-" + hash.toUpperCase(Locale.ROOT),
                children);
        return renamed.is("Data") ? withDriftInSteps(renamed) : renamed;
    }

    private static String name(String lowerCase) {
        return NAMES.getOrDefault(lowerCase, lowerCase);
    }

    private static boolean isNone(PskcElement element) {
        return element.children().size() == 1
                && element.children().getFirst().is("PlainValue")
                && element.children().getFirst().text().equals("None");
    }

    private static PskcElement withDriftInSteps(PskcElement data) {
        String seconds = plain(data, "TimeDrift");
        String step = plain(data, "TimeInterval");
        if (seconds == null
                || step == null
                || !SECONDS.matcher(seconds).matches()
                || !step.matches("[1-9][0-9]{0,3}")) {
            return data;
        }
        String steps = new BigDecimal(seconds)
                .divide(new BigDecimal(step), 0, RoundingMode.HALF_UP)
                .toPlainString();
        List<PskcElement> children = data.children().stream()
                .map(child -> child.is("TimeDrift") ? withPlain(child, steps) : child)
                .toList();
        return new PskcElement(data.namespace(), data.name(), data.attributes(), data.text(), children);
    }

    private static @Nullable String plain(PskcElement data, String name) {
        return data.children().stream()
                .filter(child -> child.is(name))
                .flatMap(child -> child.children().stream())
                .filter(value -> value.is("PlainValue"))
                .map(PskcElement::text)
                .findFirst()
                .orElse(null);
    }

    private static PskcElement withPlain(PskcElement parent, String text) {
        PskcElement before = parent.children().getFirst();
        PskcElement value =
                new PskcElement(before.namespace(), before.name(), before.attributes(), text, before.children());
        return new PskcElement(parent.namespace(), parent.name(), parent.attributes(), parent.text(), List.of(value));
    }
}
