package org.oathbound.device.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Page;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.StoredToken;
import org.oathbound.token.entity.TokenId;

/** Devices as they are: find, list. A device is one only if the person's list, its own entry and a living token say so. */
@ApplicationScoped
public class Devices {

    private final Directory directory;
    private final Listing listing;
    private final Enrolments enrolments;
    private final Tokens tokens;

    @Inject
    public Devices(Directory directory, Listing listing, Enrolments enrolments, Tokens tokens) {
        this.directory = directory;
        this.listing = listing;
        this.enrolments = enrolments;
        this.tokens = tokens;
    }

    /** A person's device, or {@link Problem.NotFound}, for the person too. */
    public PairedDevice get(Environment environment, UUID person, UUID device) {
        return find(environment, enrolments.get(environment, person), device).orElseThrow(() -> unknown(device));
    }

    /** All that a person has, in the person's order; {@link Problem.NotFound} when there is no such person. */
    public List<PairedDevice> list(Environment environment, UUID person) {
        return list(environment, enrolments.get(environment, person));
    }

    /** All that the enrolment's person has, in the person's order, but those that can't be read. */
    public List<PairedDevice> list(Environment environment, Enrolment enrolment) {
        return new UnreadableEntries()
                .readable(enrolment.devices(), listed -> find(environment, enrolment, listed.device())).stream()
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** A device that the enrolment lists. */
    public Optional<PairedDevice> find(Environment environment, Enrolment enrolment, UUID device) {
        return listed(environment, enrolment, device).flatMap(found -> paired(environment, enrolment, found));
    }

    /** The same, without reading its token; the caller reads that. */
    Optional<Device> listed(Environment environment, Enrolment enrolment, UUID device) {
        return enrolment
                .listed(device)
                .flatMap(listed -> directory.read(DeviceEntry.dn(environment, listed.device())))
                .map(DeviceEntry::device)
                .filter(found -> found.person().equals(enrolment.person()));
    }

    /**
     * All people's devices in the order of their ids. One that can't be read, or whose person or token can't, is left
     * out: a page can have less than asked for, and others behind it.
     */
    public Page<PairedDevice> page(Environment environment, DeviceQuery query, @Nullable String after, int limit) {
        return Page.readable(
                listing.page(environment.devices(), query.filter(), after, limit, Order.ASCENDING),
                entry -> paired(environment, DeviceEntry.device(entry)).stream());
    }

    /** The device that a pairing is of; none while it is begun and not committed. */
    public Optional<PairedDevice> find(Environment environment, StoredToken read, Pairing pairing) {
        TokenId token = read.token().metadata().id();
        return enrolments.find(environment, pairing.person()).flatMap(enrolment -> listed(
                        environment, enrolment, pairing.device())
                .filter(device -> device.token().equals(token))
                .map(device -> new PairedDevice(device, read, isReplaced(enrolment, device))));
    }

    /** All that a token serves, but those that can't be read; {@link Problem.NotFound} when there is no such token. */
    List<PairedDevice> of(Environment environment, TokenId id) {
        StoredToken read =
                tokens.read(environment, id).orElseThrow(() -> new Problem.NotFound("There is no token " + id + "."));
        return new UnreadableEntries()
                .readable(read.token().metadata().pairings(), pairing -> find(environment, read, pairing)).stream()
                        .flatMap(Optional::stream)
                        .toList();
    }

    Optional<PairedDevice> paired(Environment environment, Device device) {
        return enrolments
                .find(environment, device.person())
                .filter(enrolment -> enrolment.lists(device.id()))
                .flatMap(enrolment -> paired(environment, enrolment, device));
    }

    private Optional<PairedDevice> paired(Environment environment, Enrolment enrolment, Device device) {
        return tokens.read(environment, device.token())
                .filter(read -> read.token().metadata().serves(device.id()))
                .map(read -> new PairedDevice(device, read, isReplaced(enrolment, device)));
    }

    private static boolean isReplaced(Enrolment enrolment, Device device) {
        return enrolment.listed(device.id()).filter(Listed::replaced).isPresent();
    }

    /** Changes the device's own entry; {@link Problem.NotFound} when it is gone. */
    Device change(Environment environment, UUID device, UnaryOperator<Device> change) {
        return Contention.settle(() -> {
            ReadOnlyEntry seen =
                    directory.read(DeviceEntry.dn(environment, device)).orElseThrow(() -> unknown(device));
            Device before = DeviceEntry.device(seen);
            Device after = change.apply(before);
            boolean stands = after.equals(before) || directory.modifyIfUnchanged(seen, DeviceEntry.with(seen, after));
            return stands ? Optional.of(after) : Optional.empty();
        });
    }

    static Problem.NotFound unknown(UUID device) {
        return new Problem.NotFound("There is no device " + device + ".");
    }
}
