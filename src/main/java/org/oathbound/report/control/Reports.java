package org.oathbound.report.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.oathbound.device.control.DeviceInventory;
import org.oathbound.device.control.DeviceQuery;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.report.control.ReportHolders.Holder;
import org.oathbound.report.control.ReportHolders.Whereabouts;
import org.oathbound.report.control.ReportLine.NotActivated;
import org.oathbound.report.control.ReportLine.OathToken;
import org.oathbound.token.control.TokenInventory;
import org.oathbound.token.control.TokenQuery;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.StoredToken;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TotpToken;

/** Makes reports: each passes on line after line, in the order of the ids of what it is about. */
@ApplicationScoped
public class Reports {

    private final TokenInventory tokens;
    private final DeviceInventory devices;
    private final ReportHolders holders;

    @Inject
    Reports(TokenInventory tokens, DeviceInventory devices, ReportHolders holders) {
        this.tokens = tokens;
        this.devices = devices;
        this.holders = holders;
    }

    /** Every fob with every person who has it; what is in stock has a line without a person. */
    public void oathTokens(Environment environment, Instant now, Consumer<OathToken> lines) {
        tokens(environment, new TokenQuery(), now, lines);
    }

    /** The same of those that have ended, or end within that time. */
    public void ending(Environment environment, Duration within, Instant now, Consumer<OathToken> lines) {
        tokens(environment, new TokenQuery().expiresBefore(now.plus(within)), now, lines);
    }

    /** Every device that waits for its first code. */
    public void notActivated(Environment environment, Instant now, Consumer<NotActivated> lines) {
        DeviceQuery query = new DeviceQuery().status(Device.Status.ACTIVATION_REQUIRED);
        devices.forEach(environment, query, item -> notActivated(environment, item, now), lines);
    }

    private void tokens(Environment environment, TokenQuery query, Instant now, Consumer<OathToken> lines) {
        tokens.forEach(environment, query, item -> tokens(environment, item, now), lines);
    }

    private Stream<OathToken> tokens(Environment environment, TokenInventory.Item item, Instant now) {
        StoredToken read = item.read();
        return read == null
                ? Stream.of(OathToken.unreadable(item.serialNumber(), item.id()))
                : holders.of(environment, read, now).stream().map(holder -> line(read.token(), holder, now));
    }

    private static OathToken line(Token token, Holder holder, Instant now) {
        NewToken.Label label = token.metadata().label();
        Instant expiresAt = label.expiresAt();
        return new OathToken(
                token.metadata().serialNumber().value(),
                token.metadata().id().toString(),
                token instanceof TotpToken ? "TOTP" : "HOTP",
                holder.state(),
                ReportHolders.lockedUntil(token, now),
                holder.username(),
                holder.person(),
                holder.device(),
                token.failureState().lastUsedAt(),
                expiresAt,
                expiresAt == null ? null : (Boolean) !expiresAt.isAfter(now),
                token instanceof TotpToken totp ? (Integer) totp.drift() : null,
                token instanceof HotpToken hotp ? (Long) hotp.nextCounter() : null,
                label.manufacturer(),
                label.model(),
                token.metadata().batch(),
                holder.passwordLockedUntil());
    }

    private NotActivated notActivated(Environment environment, DeviceInventory.Item item, Instant now) {
        UUID person = item.person();
        Whereabouts whereabouts =
                person == null ? new Whereabouts(null, false, null) : holders.whereabouts(environment, person, now);
        PairedDevice paired = item.device();
        if (paired == null) {
            return NotActivated.unreadable(whereabouts.username(), person, item.id());
        }
        Device device = paired.device();
        boolean fob = device.type() == Device.Type.OATH_TOKEN;
        return new NotActivated(
                whereabouts.username(),
                person,
                fob ? paired.token().metadata().serialNumber().value() : null,
                device.type(),
                item.id(),
                device.nickname(),
                whereabouts.state(ReportHolders.state(paired, now)),
                ReportHolders.lockedUntil(paired.token(), now),
                device.createdAt(),
                whereabouts.passwordLockedUntil());
    }
}
