package org.oathbound.token.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.Reference;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.Token.TotpToken;

/** A token as PingOne's API shows it, and our own members; never its secret. */
public record TokenJson(
        @JsonbProperty("_links") Map<String, Link> links,
        UUID id,
        Reference environment,
        String serialNumber,
        String type,
        String hashAlgorithm,
        int otpLength,
        @Nullable Hotp hotp,
        @Nullable Totp totp,
        @Nullable Integer rowNumber,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable Instant expiresAt,
        @Nullable String location,
        @Nullable String note,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Instant lostAt,
        @Nullable UUID batch,
        @Nullable Instant lastUsedAt,
        @Nullable List<Device> devices,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What moves an HOTP token.
     *
     * @param counter the next expected counter
     */
    public record Hotp(long counter) {}

    /**
     * What moves a TOTP token.
     *
     * @param timeStep seconds
     * @param drift the token's time less the server's, in time steps
     */
    public record Totp(int timeStep, int drift) {}

    /** A device that the token serves. */
    public record Device(UUID id, Reference user) {}

    static TokenJson of(UUID environment, Token token, boolean withDevices, Links links) {
        Metadata metadata = token.metadata();
        UUID id = metadata.id().value();
        return new TokenJson(
                links.of(environment, TokensResource.NAME, id),
                id,
                new Reference(environment),
                metadata.serialNumber().value(),
                token instanceof HotpToken ? "HOTP" : "TOTP",
                metadata.algorithm().macName(),
                metadata.digits(),
                token instanceof HotpToken hotp ? new Hotp(hotp.nextCounter()) : null,
                token instanceof TotpToken totp ? new Totp(totp.timeStep(), totp.drift()) : null,
                metadata.label().rowNumber(),
                metadata.label().manufacturer(),
                metadata.label().model(),
                metadata.label().expiresAt(),
                metadata.label().location(),
                metadata.label().note(),
                metadata.validity().from(),
                metadata.validity().until(),
                metadata.lostAt(),
                metadata.batch(),
                token.failureState().lastUsedAt(),
                withDevices ? devices(metadata) : null,
                metadata.createdAt(),
                metadata.updatedAt());
    }

    private static List<Device> devices(Metadata metadata) {
        return metadata.pairings().stream()
                .map(pairing -> new Device(pairing.device(), new Reference(pairing.person())))
                .toList();
    }
}
