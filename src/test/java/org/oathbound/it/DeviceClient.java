package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Pairs one fob with a person of its own, activates it, signs on, and takes it away again, in turn. After a kill the device
 * is there as a whole or not at all, and no code that was accepted is accepted again.
 */
final class DeviceClient implements CrashClient {

    private static final int TURNS_OF_ONE_DEVICE = 8;

    private final String name;
    private final Random random;

    /** Empty until the first server has been met. */
    private String user = "";

    private String serialNumber = "";

    /** The device as it was said to be: its id, or empty. */
    private String device = "";

    private boolean active;

    /** Whether a call was begun that pairs, activates or deletes, and has not been answered. */
    private boolean open;

    /** The highest counter whose code was accepted; −1 for none. */
    private long accepted = -1;

    /** The highest counter whose code was sent. */
    private long sent = -1;

    DeviceClient(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    @Override
    public Operation meet(Interfaces server) {
        OwnDevices own = OwnDevices.of(server.http(), user);
        return () -> {
            if (device.isEmpty()) {
                pair(own);
            } else if (!active) {
                activate(own);
            } else if (random.nextInt(TURNS_OF_ONE_DEVICE) == 0) {
                delete(own);
            } else {
                signOn(own);
            }
        };
    }

    @Override
    public void verify(Interfaces server) {
        if (user.isEmpty()) {
            begin(server.http());
        }
        OwnDevices own = OwnDevices.of(server.http(), user);
        settle(own, CrashClient.answered(own.list(), 200));
        assertServes(server.http());
        if (active && accepted >= 0) {
            refuses(own, accepted);
        }
    }

    private void begin(Oathbound http) {
        serialNumber = name + "1";
        CrashClient.answered(http.create(Seeds.hotp(serialNumber)), 201);
        user = OwnDevices.ofNewUser(http, name).user();
    }

    private void pair(OwnDevices own) {
        open = true;
        Answer paired = CrashClient.answered(own.pair(OwnDevices.fob(serialNumber, "ACTIVATION_REQUIRED")), 201);
        device = paired.text("/id");
        active = false;
        open = false;
    }

    private void activate(OwnDevices own) {
        open = true;
        CrashClient.answered(own.activate(device, next(), false), 200);
        accepted = sent;
        active = true;
        open = false;
    }

    private void signOn(OwnDevices own) {
        Answer flow = CrashClient.answered(own.signOn(device, next()), 201);
        assertThat(flow.text("/status")).as(flow.body()).isEqualTo("COMPLETED");
        accepted = sent;
    }

    private void delete(OwnDevices own) {
        open = true;
        CrashClient.answered(own.delete(device), 204);
        device = "";
        active = false;
        open = false;
    }

    private String next() {
        return Seeds.code(serialNumber, ++sent);
    }

    /** What is there is what was said, or what a call that was cut off asked for. */
    private void settle(OwnDevices own, Answer list) {
        JsonNode devices = list.json().at("/_embedded/devices");
        assertThat(devices.size()).as(list.body()).isLessThanOrEqualTo(1);
        String there = devices.path(0).path("id").asText();
        boolean isActive = devices.path(0).path("status").asText().equals("ACTIVE");
        if (!open) {
            assertThat(there).as("the device of %s", name).isEqualTo(device);
            assertThat(isActive).as("whether %s is active", name).isEqualTo(active);
        }
        device = there;
        active = isActive;
        open = false;
        if (!device.isEmpty()) {
            // The look-ahead bridges codes that were sent and not answered, as long as they are few.
            CrashClient.answered(own.act(device, OwnDevices.UNLOCK), 200);
        }
    }

    /** The token serves that device and no other: nothing is left of what was cut off. */
    private void assertServes(Oathbound http) {
        String filter = Oathbound.encoded("serialNumber eq \"" + serialNumber + "\"");
        Answer tokens = CrashClient.answered(http.get("/oathTokens?expand=devices&filter=" + filter), 200);
        Set<String> served = new HashSet<>();
        tokens.json()
                .at("/_embedded/oathTokens/0/devices")
                .forEach(found -> served.add(found.path("id").asText()));
        assertThat(served).as(tokens.body()).isEqualTo(device.isEmpty() ? Set.of() : Set.of(device));
    }

    private void refuses(OwnDevices own, long counter) {
        Answer again = CrashClient.answered(own.signOn(device, Seeds.code(serialNumber, counter)), 400);
        assertThat(again.text("/details/0/code")).as(again.body()).isEqualTo("INVALID_OTP");
        CrashClient.answered(own.act(device, OwnDevices.UNLOCK), 200);
    }
}
