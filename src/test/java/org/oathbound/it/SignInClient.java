package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import java.util.Random;
import org.oathbound.it.DirectoryDoors.Door;

/**
 * Comes in through the directory's doors, by a password and the codes of a fob, or has the codes judged alone, for a password
 * takes its time. After a kill no code that was accepted at one of them is accepted at any door.
 */
final class SignInClient implements CrashClient {

    private static final List<Door> DOORS = List.of(Door.values());
    private static final List<Door> WITH_PASSWORD = List.of(Door.BIND, Door.SASL, Door.AUTHENTICATE);

    private final String name;
    private final Random random;

    /** Empty until the first server has been met. */
    private String user = "";

    private String device = "";

    /** The highest counter whose code was accepted; −1 for none. */
    private long accepted = -1;

    /** The highest counter whose code was sent. */
    private long sent = -1;

    SignInClient(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    @Override
    public Operation meet(Doors server) {
        DirectoryDoors doors = new DirectoryDoors(server, name);
        return () -> signIn(doors, any(DOORS));
    }

    @Override
    public void verify(Doors server) throws LDAPException {
        if (user.isEmpty()) {
            begin(server.http());
        }
        OwnDevices own = OwnDevices.of(server.http(), user);
        // The look-ahead bridges codes that were sent and not answered, as long as they are few.
        unlock(own);
        try (DirectoryDoors doors = new DirectoryDoors(server, name)) {
            if (accepted >= 0) {
                refusesEverywhere(own, doors, code(accepted));
            }
            signIn(doors, any(WITH_PASSWORD)); // at work few passwords are hashed before the next kill
            assertThat(accepted).isEqualTo(sent);
        }
    }

    private void begin(Oathbound http) {
        String serialNumber = name + "1";
        CrashClient.answered(http.create(Seeds.hotp(serialNumber)), 201);
        OwnDevices own = DirectoryDoors.ofNewPerson(http, name);
        device = own.paired(serialNumber, "ACTIVE");
        user = own.user();
    }

    private Door any(List<Door> doors) {
        return doors.get(random.nextInt(doors.size()));
    }

    private void signIn(DirectoryDoors doors, Door door) throws LDAPException {
        long counter = ++sent;
        try {
            assertThat(doors.takes(door, code(counter)))
                    .as("%d at %s", counter, door)
                    .isTrue();
            accepted = counter;
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.UNAVAILABLE)) {
                throw e;
            }
        }
    }

    private void refusesEverywhere(OwnDevices own, DirectoryDoors doors, String code) throws LDAPException {
        for (Door door : DOORS) {
            assertThat(doors.takes(door, code))
                    .as("%d at %s, again", accepted, door)
                    .isFalse();
            unlock(own); // a lock would refuse it, too
        }
        Answer flow = CrashClient.answered(own.signOn(device, code), 400);
        assertThat(flow.text("/details/0/code")).as(flow.body()).isEqualTo("INVALID_OTP");
        unlock(own);
    }

    private void unlock(OwnDevices own) {
        CrashClient.answered(own.act(device, OwnDevices.UNLOCK), 200);
    }

    private static String code(long counter) {
        return OwnDevices.code(Seeds.SECRET, 6, counter);
    }
}
