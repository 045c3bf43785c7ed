package org.oathbound.person.entity;

import com.unboundid.ldap.sdk.DN;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings and state of a person's sign-on.
 *
 * @param person the person's id
 * @param identity the DN of the person's own entry
 * @param enabled whether the person signs on at all
 * @param devices in the person's order, the default first
 * @param mfaEnabled whether a second factor is used at all
 * @param codeRequired set by the first activation, cleared by an administrator only: a person who has lost all their
 *     devices still can't sign in by the password alone
 * @param bypassUntil until when no code is asked for
 * @param passwordLockedUntil when the last of the locks ends, or has ended, that wrong passwords have brought about
 */
public record Enrolment(
        UUID person,
        DN identity,
        boolean enabled,
        List<Listed> devices,
        boolean mfaEnabled,
        boolean codeRequired,
        @Nullable Instant bypassUntil,
        @Nullable Instant passwordLockedUntil,
        Instant createdAt) {

    public Enrolment {
        devices = List.copyOf(devices);
    }

    /**
     * One device of the list.
     *
     * @param temporary outside of the limit
     * @param replaced another device takes its place: it is blocked, and outside of the limit
     * @param unproven none of its codes was ever accepted, and it is active all the same
     */
    public record Listed(UUID device, boolean temporary, boolean replaced, boolean unproven) {

        public Listed(UUID device) {
            this(device, false, false, false);
        }

        Listed withReplaced(boolean now) {
            return new Listed(device, temporary, now, unproven);
        }

        Listed asProven() {
            return new Listed(device, temporary, replaced, false);
        }

        boolean counts() {
            return !temporary && !replaced;
        }
    }

    public Optional<Listed> listed(UUID device) {
        return devices.stream().filter(listed -> listed.device().equals(device)).findFirst();
    }

    public boolean lists(UUID device) {
        return listed(device).isPresent();
    }

    /** How many devices count towards the limit. */
    public int counted() {
        return (int) devices.stream().filter(Listed::counts).count();
    }

    /** With one device more, at the end. */
    public Enrolment with(Listed device) {
        return withDevices(Stream.concat(devices.stream(), Stream.of(device)).toList());
    }

    public Enrolment without(UUID device) {
        return withDevices(devices.stream()
                .filter(listed -> !listed.device().equals(device))
                .toList());
    }

    /** With that device marked as replaced by another, or no longer so. */
    public Enrolment withReplaced(UUID device, boolean replaced) {
        return withEach(listed -> listed.device().equals(device) ? listed.withReplaced(replaced) : listed);
    }

    /** After the first code of that device: from now on a code is required. */
    public Enrolment withProven(UUID device) {
        return withEach(listed -> listed.device().equals(device) ? listed.asProven() : listed)
                .withCodeRequired(true);
    }

    /** In this order; devices that are not named stay behind the others, as they stood. */
    public Enrolment inOrder(List<UUID> order) {
        List<Listed> ordered = new ArrayList<>();
        order.forEach(device -> listed(device).ifPresent(ordered::add));
        devices.stream().filter(listed -> !ordered.contains(listed)).forEach(ordered::add);
        return withDevices(ordered);
    }

    public Enrolment withCodeRequired(boolean required) {
        return new Enrolment(
                person, identity, enabled, devices, mfaEnabled, required, bypassUntil, passwordLockedUntil, createdAt);
    }

    /** The sessions of a person who is disabled end, which the stored entry keeps. */
    public Enrolment withEnabled(boolean now) {
        return new Enrolment(
                person, identity, now, devices, mfaEnabled, codeRequired, bypassUntil, passwordLockedUntil, createdAt);
    }

    public Enrolment withMfaEnabled(boolean now) {
        return new Enrolment(
                person, identity, enabled, devices, now, codeRequired, bypassUntil, passwordLockedUntil, createdAt);
    }

    public Enrolment withBypassUntil(@Nullable Instant until) {
        return new Enrolment(
                person, identity, enabled, devices, mfaEnabled, codeRequired, until, passwordLockedUntil, createdAt);
    }

    /** With the identity under the name that it has now. */
    public Enrolment withIdentity(DN name) {
        return new Enrolment(
                person, name, enabled, devices, mfaEnabled, codeRequired, bypassUntil, passwordLockedUntil, createdAt);
    }

    private Enrolment withEach(UnaryOperator<Listed> change) {
        return withDevices(devices.stream().map(change).toList());
    }

    private Enrolment withDevices(List<Listed> changed) {
        return new Enrolment(
                person,
                identity,
                enabled,
                changed,
                mfaEnabled,
                codeRequired,
                bypassUntil,
                passwordLockedUntil,
                createdAt);
    }
}
