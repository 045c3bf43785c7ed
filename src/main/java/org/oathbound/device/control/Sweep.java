package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.control.Pairings.TokenPairing;
import org.oathbound.token.control.PersonalTokens;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.TokenId;

/**
 * Removes what a stop or a failure has left of pairings: a value, an entry or a place in a list that the two others do
 * not know. It also removes apps that were not activated within a day, temporary codes that have expired, and replaced
 * devices. Each removal is a line of the audit.
 */
@ApplicationScoped
public class Sweep {

    private static final Logger LOG = System.getLogger(Sweep.class.getName());
    private static final Duration APP_WAITS = Duration.ofHours(24);

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final Enrolments enrolments;
    private final Devices devices;
    private final Pairings pairings;
    private final Unpairing unpairing;
    private final Audit audit;
    private final Clock clock;

    @Inject
    public Sweep(
            Directory directory,
            Listing listing,
            Batch batch,
            Enrolments enrolments,
            Devices devices,
            Pairings pairings,
            Unpairing unpairing,
            Audit audit,
            Clock clock) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.enrolments = enrolments;
        this.devices = devices;
        this.pairings = pairings;
        this.unpairing = unpairing;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Sweeps an environment. Can be repeated, and can be done while it is in use.
     *
     * @param olderThan a younger pairing is left alone, since it may still be under way; zero when none can be under
     *     way
     * @param unreadable receives the entries that can't be read; they stay, and so does what they may belong to
     * @return how much was removed
     */
    public int sweep(Environment environment, Duration olderThan, UnreadableEntries unreadable) {
        Instant before = olderThan.isZero() ? Instant.MAX : clock.instant().minus(olderThan);
        int[] removed = {0};
        forEachDevice(
                environment,
                unreadable,
                device -> unreadable.attempt(() -> removed[0] += device(environment, device, before)));
        pairings.forEach(
                environment,
                unreadable,
                found -> unreadable.attempt(() -> removed[0] += pairing(environment, found, before)));
        enrolments.forEach(
                environment,
                unreadable,
                enrolment -> unreadable.attempt(() -> removed[0] += list(environment, enrolment)));
        if (removed[0] > 0) {
            LOG.log(Level.INFO, "{0} pairings that were cut off, or over, are removed.", removed[0]);
        }
        return removed[0];
    }

    private int device(Environment environment, Device device, Instant before) {
        Optional<Enrolment> enrolment = enrolments.find(environment, device.person());
        Optional<PairedDevice> paired = enrolment.flatMap(found -> devices.find(environment, found, device.id()));
        if (paired.isPresent()) {
            return removeReplaced(environment, enrolment.orElseThrow(), device)
                    + (isOver(paired.get()) ? end(environment, device) : 0);
        }
        // It may have gone since the page was read, as what another one replaces.
        boolean isThere =
                directory.read(DeviceEntry.dn(environment, device.id())).isPresent();
        return isThere && !device.createdAt().isAfter(before) ? remove(environment, device) : 0;
    }

    private int removeReplaced(Environment environment, Enrolment enrolment, Device device) {
        if (device.status() != Device.Status.ACTIVE) {
            return 0;
        }
        List<UUID> replaced = unpairing.removeReplaced(environment, enrolment, device);
        replaced.forEach(old -> tell(environment, device.person(), old));
        return replaced.size();
    }

    private boolean isOver(PairedDevice paired) {
        Instant now = clock.instant();
        Device device = paired.device();
        if (paired.token() instanceof TemporaryToken temporary) {
            return !now.isBefore(temporary.validUntil());
        }
        return device.type() == Device.Type.TOTP
                && device.status() == Device.Status.ACTIVATION_REQUIRED
                && now.isAfter(device.createdAt().plus(APP_WAITS));
    }

    /** By its own entry first, if that still is as it was seen: an app that was activated meanwhile stays. */
    private int end(Environment environment, Device device) {
        String status = device.status().name();
        boolean gone = directory.deleteIf(
                DeviceEntry.dn(environment, device.id()),
                entry -> status.equalsIgnoreCase(entry.getAttributeValue(Schema.DEVICE_STATUS)));
        return gone ? remove(environment, device) : 0;
    }

    private int remove(Environment environment, Device device) {
        return remove(environment, device.person(), device.id(), device.token());
    }

    private int remove(Environment environment, UUID person, UUID device, TokenId token) {
        unpairing.remove(environment, person, device, token);
        tell(environment, person, device);
        return 1;
    }

    private void tell(Environment environment, UUID person, UUID device) {
        audit.record(new AuditEvent(Action.DEVICE_SWEEP, Outcome.SUCCESS)
                .in(environment.id())
                .object(device)
                .person(person));
    }

    private int pairing(Environment environment, TokenPairing found, Instant before) {
        UUID person = found.pairing().person();
        UUID device = found.pairing().device();
        boolean committed = enrolments
                .find(environment, person)
                .flatMap(enrolment -> devices.listed(environment, enrolment, device))
                .isPresent();
        if (committed || found.pairing().begunAt().isAfter(before)) {
            return 0;
        }
        return remove(environment, person, device, found.token());
    }

    /** A list is written last and read first: what it alone names is left of something that has ended. */
    private int list(Environment environment, Enrolment enrolment) {
        List<UUID> gone = enrolment.devices().stream()
                .map(Listed::device)
                .filter(device ->
                        directory.read(DeviceEntry.dn(environment, device)).isEmpty())
                .toList();
        gone.forEach(
                device -> remove(environment, enrolment.person(), device, PersonalTokens.idFor(environment, device)));
        return gone.size();
    }

    private void forEachDevice(Environment environment, UnreadableEntries unreadable, Consumer<Device> each) {
        Pages.forEach(
                listing,
                batch,
                environment.devices(),
                Attributes.ANY,
                entry -> unreadable.read(() -> DeviceEntry.device(entry)).stream(),
                each);
    }
}
