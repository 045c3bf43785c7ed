package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.oathbound.it.DirectoryInterfaces.Interface;

/**
 * Has TOTP shared secrets made and ended, through LDAP and REST in turn, and comes in by their codes. After a kill each secret
 * that was told is a device, its codes are good, and none twice; of one that was said to be ended nothing is left.
 */
final class SharedSecretClient implements CrashClient {

    private static final int MOST = 3;
    private static final List<Interface> ALL = List.of(Interface.BIND, Interface.SASL, Interface.VALIDATE);

    private final String name;
    private final Random random;
    private final List<TotpSecret> told = new ArrayList<>();

    /** Empty until the first server has been met. */
    private String user = "";

    /** Whether a secret was asked for, and has not been told. */
    private boolean generating;

    /** The one that was to be ended, and was not said to be. */
    private @Nullable TotpSecret ending;

    /** The one that was said to be ended last. */
    private @Nullable TotpSecret ended;

    SharedSecretClient(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    @Override
    public Operation meet(Interfaces server) {
        DirectoryInterfaces interfaces = new DirectoryInterfaces(server, name);
        return () -> {
            if (told.isEmpty() || (told.size() < MOST && random.nextBoolean())) {
                generate(interfaces);
            } else if (random.nextBoolean()) {
                use(interfaces);
            } else {
                end(interfaces);
            }
        };
    }

    private void generate(DirectoryInterfaces interfaces) throws LDAPException {
        generating = true;
        told.add(new TotpSecret(interfaces.generate(random.nextBoolean())));
        generating = false;
    }

    private void use(DirectoryInterfaces interfaces) throws LDAPException {
        try {
            any().use(interfaces, ALL.get(random.nextInt(ALL.size())));
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.UNAVAILABLE)) {
                throw e;
            }
        }
    }

    private void end(DirectoryInterfaces interfaces) throws LDAPException {
        TotpSecret secret = any();
        told.remove(secret);
        ending = secret;
        assertThat(interfaces.revoke(secret.text(), random.nextBoolean()))
                .as("a secret that is there")
                .isTrue();
        ended = secret;
        ending = null;
    }

    private TotpSecret any() {
        return told.get(random.nextInt(told.size()));
    }

    @Override
    public void verify(Interfaces server) throws LDAPException {
        if (user.isEmpty()) {
            user = DirectoryInterfaces.ofNewPerson(server.http(), name).user();
        }
        OwnDevices own = OwnDevices.of(server.http(), user);
        try (DirectoryInterfaces interfaces = new DirectoryInterfaces(server, name)) {
            settle(own, interfaces);
            for (TotpSecret secret : told) {
                if (secret.wasUsed()) {
                    refuses(own, interfaces, secret.accepted());
                }
                secret.use(interfaces, Interface.VALIDATE);
            }
            if (ended != null) {
                refuses(own, interfaces, ended.current());
                assertThat(interfaces.revoke(ended.text(), random.nextBoolean()))
                        .as("a secret that is ended")
                        .isFalse();
            }
        }
    }

    /** What is there is what was said, or what a call that was cut off asked for. */
    private void settle(OwnDevices own, DirectoryInterfaces interfaces) throws LDAPException {
        int there = devices(own).size();
        if (ending != null) {
            there -= interfaces.revoke(ending.text(), random.nextBoolean()) ? 1 : 0;
            ended = ending;
            ending = null;
        }
        assertThat(there - told.size())
                .as("devices of %s without a secret that was told", name)
                .isBetween(0, generating ? 1 : 0);
        if (there > told.size()) { // whose secret nobody knows
            interfaces.revokeAll();
            ended = told.isEmpty() ? ended : any();
            told.clear();
        }
        generating = false;
        assertThat(devices(own)).hasSize(told.size());
    }

    private static void refuses(OwnDevices own, DirectoryInterfaces interfaces, String code) throws LDAPException {
        assertThat(interfaces.takes(Interface.VALIDATE, code)).isFalse();
        devices(own)
                .forEach(
                        device -> CrashClient.answered(own.act(device.path("id").asText(), OwnDevices.UNLOCK), 200));
    }

    private static JsonNode devices(OwnDevices own) {
        return CrashClient.answered(own.list(), 200).json().at("/_embedded/devices");
    }
}
