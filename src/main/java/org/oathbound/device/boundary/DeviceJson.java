package org.oathbound.device.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.DevicePairing.Paired;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.Reference;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;

/** A device as PingOne's API shows it, and our own members. */
public record DeviceJson(
        @JsonbProperty("_links") Map<String, Link> links,
        UUID id,
        Reference environment,
        Reference user,
        Device.Type type,
        Device.Status status,
        @Nullable String nickname,
        @Nullable String serialNumber,
        @Nullable String tokenType,
        @Nullable Reference replaces,
        @Nullable Instant validUntil,
        @Nullable Integer codesLeft,
        @Nullable Lock lock,
        @Nullable Block block,
        @Nullable List<String> codes,
        @Nullable String secret,
        @Nullable String keyUri,
        @Nullable QrCode qrCode,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Whether too many codes were wrong.
     *
     * @param expiresAt left out when an administrator has to end it
     */
    public record Lock(
            String status,
            @Nullable String reason,
            @Nullable Instant expiresAt) {}

    /** Whether an administrator, or a device that takes its place, has blocked it. */
    public record Block(String status, @Nullable Instant blockedAt) {}

    /** What is shown this once. */
    private record Shown(
            @Nullable List<String> codes,
            @Nullable String secret,
            @Nullable String keyUri,
            @Nullable QrCode qrCode) {

        static final Shown NOTHING = new Shown(null, null, null, null);

        static Shown app(String issuer, String account, SharedSecret secret) {
            String base32 = TotpSharedSecrets.text(secret);
            String uri = KeyUri.of(issuer, account, base32);
            return new Shown(null, base32, uri, QrCode.of(uri));
        }
    }

    /** A device as it is read. */
    static DeviceJson of(UUID environment, PairedDevice paired, Instant now, Links links) {
        return json(environment, paired, lock(paired, now), block(paired), Shown.NOTHING, links);
    }

    /** The answer that a device is paired. */
    static DeviceJson created(UUID environment, Paired created, String issuer, String account, Links links) {
        Shown shown = Shown.NOTHING;
        if (created.secret() != null) {
            shown = Shown.app(issuer, account, created.secret());
        } else if (!created.codes().isEmpty()) {
            shown = new Shown(created.codes().stream().map(Passcode::text).toList(), null, null, null);
        }
        return json(environment, created.device(), null, null, shown, links);
    }

    private static DeviceJson json(
            UUID environment,
            PairedDevice paired,
            @Nullable Lock lock,
            @Nullable Block block,
            Shown shown,
            Links links) {
        Device device = paired.device();
        Token token = paired.token();
        boolean fob = device.type() == Device.Type.OATH_TOKEN;
        TemporaryToken temporary = token instanceof TemporaryToken codes ? codes : null;
        return new DeviceJson(
                links(environment, device, links),
                device.id(),
                new Reference(environment),
                new Reference(device.person()),
                device.type(),
                device.status(),
                device.nickname(),
                fob ? token.metadata().serialNumber().value() : null,
                fob ? (token instanceof TotpToken ? "TOTP" : "HOTP") : null,
                device.replaces() == null ? null : new Reference(device.replaces()),
                temporary == null ? null : temporary.validUntil(),
                temporary == null ? null : (Integer) temporary.unused().size(),
                lock,
                block,
                shown.codes(),
                shown.secret(),
                shown.keyUri(),
                shown.qrCode(),
                device.createdAt(),
                device.updatedAt());
    }

    private static Map<String, Link> links(UUID environment, Device device, Links links) {
        String user = device.person().toString();
        Map<String, Link> all = links.of(environment, "users", user, "devices", device.id());
        all.put("user", links.environment(environment, "users", user));
        if (device.status() == Device.Status.ACTIVATION_REQUIRED) {
            all.put("device.activate", links.environment(environment, "users", user, "devices", device.id()));
        }
        return all;
    }

    private static Lock lock(PairedDevice paired, Instant now) {
        return paired.isLocked(now)
                ? new Lock("LOCKED", "OTP", paired.lockedUntil())
                : new Lock("UNLOCKED", null, null);
    }

    private static Block block(PairedDevice paired) {
        return paired.isBlocked() ? new Block("BLOCKED", paired.device().blockedAt()) : new Block("UNBLOCKED", null);
    }
}
