package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.entity.TokenId;

/** Who has the tokens that change with a person's devices: a fob may serve several people. */
@ApplicationScoped
public class TokenHolders {

    private final Devices devices;
    private final Pairings pairings;

    @Inject
    public TokenHolders(Devices devices, Pairings pairings) {
        this.devices = devices;
        this.pairings = pairings;
    }

    /** Everybody who has the token of a person's device; {@link Problem.NotFound} when there is no such person or device. */
    public Set<UUID> of(Environment environment, UUID person, UUID device) {
        return devices.get(environment, person, device).token().metadata().holders();
    }

    /**
     * Everybody who has a token that is needed to pair that device: the fob, and the token of the device that it replaces.
     * Nobody for a fob and a device that there are not.
     *
     * @throws Problem.NotFound when there is no such person
     */
    public Set<UUID> of(Environment environment, UUID person, NewDevice wanted) {
        Set<UUID> holders = new HashSet<>();
        if (wanted.kind() instanceof Fob fob) {
            holders.addAll(pairings.holders(environment, TokenId.of(environment.id(), fob.serialNumber())));
        }
        if (wanted.replaces() != null) {
            devices.list(environment, person).stream()
                    .filter(device -> device.device().id().equals(wanted.replaces()))
                    .forEach(device -> holders.addAll(device.token().metadata().holders()));
        }
        return holders;
    }
}
