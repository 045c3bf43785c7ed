package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import java.util.Random;
import org.oathbound.it.DirectoryInterfaces.Interface;

/**
 * Comes in through the directory's interfaces, by a password and the codes of a fob, or has the codes judged alone, for a password
 * takes its time. After a kill no code that was accepted at one of them is accepted at any interface.
 */
final class SignInClient implements CrashClient {

    private static final List<Interface> ALL = List.of(Interface.values());
    private static final List<Interface> WITH_PASSWORD =
            List.of(Interface.BIND, Interface.SASL, Interface.AUTHENTICATE);

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
    public Operation meet(Interfaces server) {
        DirectoryInterfaces interfaces = new DirectoryInterfaces(server, name);
        return () -> signIn(interfaces, any(ALL));
    }

    @Override
    public void verify(Interfaces server) throws LDAPException {
        if (user.isEmpty()) {
            begin(server.http());
        }
        OwnDevices own = OwnDevices.of(server.http(), user);
        // The look-ahead bridges codes that were sent and not answered, as long as they are few.
        unlock(own);
        try (DirectoryInterfaces interfaces = new DirectoryInterfaces(server, name)) {
            if (accepted >= 0) {
                refusesEverywhere(own, interfaces, code(accepted));
            }
            signIn(interfaces, any(WITH_PASSWORD)); // at work few passwords are hashed before the next kill
            assertThat(accepted).isEqualTo(sent);
        }
    }

    private void begin(Oathbound http) {
        String serialNumber = name + "1";
        CrashClient.answered(http.create(Seeds.hotp(serialNumber)), 201);
        OwnDevices own = DirectoryInterfaces.ofNewPerson(http, name);
        device = own.paired(serialNumber, "ACTIVE");
        user = own.user();
    }

    private Interface any(List<Interface> interfaces) {
        return interfaces.get(random.nextInt(interfaces.size()));
    }

    private void signIn(DirectoryInterfaces interfaces, Interface where) throws LDAPException {
        long counter = ++sent;
        try {
            assertThat(interfaces.takes(where, code(counter)))
                    .as("%d at %s", counter, where)
                    .isTrue();
            accepted = counter;
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.UNAVAILABLE)) {
                throw e;
            }
        }
    }

    private void refusesEverywhere(OwnDevices own, DirectoryInterfaces interfaces, String code) throws LDAPException {
        for (Interface where : ALL) {
            assertThat(interfaces.takes(where, code))
                    .as("%d at %s, again", accepted, where)
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

    private String code(long counter) {
        return Seeds.code(name + "1", counter);
    }
}
