package org.oathbound.seedfile.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key may be used for and when (RFC 6030 section 5). A reader that does not know a policy, or can't keep it,
 * must not use the key.
 */
final class PskcPolicy {

    private static final Set<String> KNOWN =
            Set.of("StartDate", "ExpiryDate", "PINPolicy", "KeyUsage", "NumberOfTransactions");
    private static final Set<String> PIN_ATTRIBUTES =
            Set.of("PINKeyId", "PINUsageMode", "MaxFailedAttempts", "MinLength", "MaxLength", "PINEncoding");

    private PskcPolicy() {}

    /** Fails when the policy does not allow one-time passwords, or asks for what is not done here. */
    static void check(PskcElement policy) {
        boolean known = policy.children().stream()
                .allMatch(child -> child.namespace().equals(PskcElement.PSKC) && KNOWN.contains(child.name()));
        if (!known) {
            throw PskcFault.of(
                    null, "The key's policy has a rule that is not known here; such a key must not be used.");
        }
        if (policy.child("NumberOfTransactions") != null) {
            throw PskcFault.of(null, "The key's policy limits the number of its uses; that is not supported.");
        }
        List<String> usages = policy.children().stream()
                .filter(child -> child.is("KeyUsage"))
                .map(PskcElement::text)
                .toList();
        if (!usages.isEmpty() && !usages.contains("OTP")) {
            throw PskcFault.of(null, "The key's policy does not allow one-time passwords.");
        }
        PskcElement pin = policy.child("PINPolicy");
        if (pin != null) {
            checkPin(pin);
        }
    }

    /** A PIN that the device checks itself does not change its codes. */
    private static void checkPin(PskcElement pin) {
        boolean known = pin.children().isEmpty()
                && PIN_ATTRIBUTES.containsAll(pin.attributes().keySet());
        if (!known || !"Local".equals(pin.attribute("PINUsageMode"))) {
            throw PskcFault.of(null, "The key's policy has a PIN as part of the code; that is not supported.");
        }
    }

    /** When an element's {@code StartDate} is; null, too, for an element that is not there. */
    static @Nullable Instant start(@Nullable PskcElement element) {
        return date(element, "StartDate", "validFrom");
    }

    /** @param target what its faults name */
    static @Nullable Instant expiry(@Nullable PskcElement element, String target) {
        return date(element, "ExpiryDate", target);
    }

    /** XML Schema's dateTime; without a time zone it is UTC. */
    private static @Nullable Instant date(@Nullable PskcElement element, String name, @Nullable String target) {
        PskcElement date = element == null ? null : element.child(name);
        if (date == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(date.text()).toInstant();
        } catch (DateTimeException e) {
            // It may have no time zone.
        }
        try {
            return LocalDateTime.parse(date.text()).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw PskcFault.of(target, name + " is no time like 2030-12-31T00:00:00Z.");
        }
    }
}
