package org.oathbound.it;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.util.List;
import java.util.Random;

/** Searches and compares the people of all writers over LDAP. */
final class PeopleReader implements CrashClient {

    private final List<People> people;
    private final Random random;

    PeopleReader(List<People> people, Random random) {
        this.people = people;
        this.random = random;
    }

    @Override
    public Operation meet(Interfaces server) {
        LDAPConnection ldap = server.reading();
        return () -> {
            People some = people.get(random.nextInt(people.size()));
            String userName = some.ledger().any(some.prefix(), random);
            switch (random.nextInt(6)) {
                case 0 -> some.search(ldap, some.prefix());
                case 1, 2 -> some.search(ldap, userName);
                default -> some.compare(ldap, userName);
            }
        };
    }
}
