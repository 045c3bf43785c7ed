package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.directory.Directory;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.PersonDeleted;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.LostTokens;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.control.PersonalTokens;
import org.oathbound.token.control.TokenRevoked;
import org.oathbound.token.entity.TokenId;

/**
 * Ends pairings: the person's list (committed), the device's entry, the token's value. Each step can be repeated, and the
 * sweep does what a stop has left.
 */
@ApplicationScoped
public class Unpairing {

    private static final Logger LOG = System.getLogger(Unpairing.class.getName());

    private final Directory directory;
    private final Enrolments enrolments;
    private final Pairings pairings;
    private final LostTokens lostTokens;

    @Inject
    public Unpairing(Directory directory, Enrolments enrolments, Pairings pairings, LostTokens lostTokens) {
        this.directory = directory;
        this.enrolments = enrolments;
        this.pairings = pairings;
        this.lostTokens = lostTokens;
    }

    /** Ends a person's device. {@link Problem.NotFound} when the list does not name it, or there is no such person. */
    public void unpair(Environment environment, UUID person, UUID device, TokenId token) {
        unpair(environment, person, device, token, null);
    }

    /**
     * The same for a job's row.
     *
     * @param mark what the row leaves on the enrolment, in the write that commits
     */
    public void unpair(Environment environment, UUID person, UUID device, TokenId token, @Nullable String mark) {
        enrolments.change(environment, person, mark, enrolment -> {
            if (!enrolment.lists(device)) {
                throw Devices.unknown(device);
            }
            return enrolment.without(device);
        });
        forget(environment, device, token);
    }

    /** Whether there is an entry of that device that can't be read, and does not say that it is another person's. */
    boolean isLeftUnreadable(Environment environment, UUID person, UUID device) {
        return directory
                .read(DeviceEntry.dn(environment, device))
                .filter(entry -> !UnreadableEntries.isReadable(entry, DeviceEntry::device))
                .filter(entry -> DeviceEntry.person(entry).orElse(person).equals(person))
                .isPresent();
    }

    /** Removes a device that can't be read, or whose token can't. */
    void remove(Environment environment, UUID person, UUID device) {
        remove(environment, person, device, tokenOf(environment, device));
    }

    /** By its entry; where that does not say it, the one that would have been made for it. */
    private TokenId tokenOf(Environment environment, UUID device) {
        return directory
                .read(DeviceEntry.dn(environment, device))
                .flatMap(DeviceEntry::token)
                .orElseGet(() -> PersonalTokens.idFor(environment, device));
    }

    /** Removes what is left of a device that no list names, or that is no device any more. */
    void remove(Environment environment, UUID person, UUID device, TokenId token) {
        try {
            enrolments.change(environment, person, enrolment -> enrolment.without(device));
        } catch (Problem.NotFound e) {
            // The person is gone, and the list too.
        }
        forget(environment, device, token);
    }

    /**
     * The device that an active one replaces goes, with the temporary codes that were given for it, and what that one was to
     * replace. A fob that nobody else has is lost from then on.
     *
     * @return which went
     */
    List<UUID> removeReplaced(Environment environment, Enrolment enrolment, Device active) {
        UUID old = active.replaces();
        if (old == null || active.type() == Device.Type.TEMPORARY) {
            return List.of();
        }
        List<UUID> removed = new ArrayList<>();
        codesFor(environment, enrolment, old).forEach(codes -> {
            remove(environment, codes.person(), codes.id(), codes.token());
            removed.add(codes.id());
        });
        listed(environment, enrolment, old).ifPresent(device -> {
            removed.addAll(removeReplaced(environment, enrolment, device));
            lostTokens.loseReplaced(environment, device.token(), old);
            remove(environment, device.person(), old, device.token());
            removed.add(old);
        });
        return removed;
    }

    private List<Device> codesFor(Environment environment, Enrolment enrolment, UUID old) {
        return enrolment.devices().stream()
                .filter(Listed::temporary)
                .flatMap(codes -> listed(environment, enrolment, codes.device()).stream())
                .filter(codes -> old.equals(codes.replaces()))
                .toList();
    }

    /** What the list names, as its entry says; empty when that is another person's or not there. */
    private Optional<Device> listed(Environment environment, Enrolment enrolment, UUID device) {
        return enrolment.lists(device)
                ? directory
                        .read(DeviceEntry.dn(environment, device))
                        .map(DeviceEntry::device)
                        .filter(found -> found.person().equals(enrolment.person()))
                : Optional.empty();
    }

    private void forget(Environment environment, UUID device, TokenId token) {
        directory.delete(DeviceEntry.dn(environment, device));
        pairings.end(environment, token, device);
    }

    void tokenIsRevoked(@Observes TokenRevoked event) {
        event.pairings()
                .forEach(pairing ->
                        orLeave(() -> remove(event.environment(), pairing.person(), pairing.device(), event.token())));
    }

    void personIsDeleted(@Observes PersonDeleted event) {
        for (UUID device : event.devices()) {
            orLeave(() -> {
                if (directory.read(DeviceEntry.dn(event.environment(), device)).isPresent()) {
                    forget(event.environment(), device, tokenOf(event.environment(), device));
                }
            });
        }
    }

    /** The request is done already, for every reader: a failure of the remaining work is not reported to the caller. */
    static void orLeave(Runnable work) {
        try {
            work.run();
        } catch (Problem problem) {
            LOG.log(Level.WARNING, "A device is left to the sweep: {0}", problem.getMessage());
        }
    }
}
