package org.oathbound.it;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Adds, modifies and deletes people over LDAP, the same user names again and again. */
final class PeopleWriter implements CrashClient {

    private static final int PEOPLE = 50;

    private final People people;
    private final List<String> userNames;
    private final Random random;
    private int values;

    PeopleWriter(People people, Random random) {
        this.people = people;
        this.random = random;
        this.userNames = IntStream.range(0, PEOPLE)
                .mapToObj(n -> people.prefix() + "%03d".formatted(n))
                .toList();
        userNames.forEach(people.ledger()::expect);
    }

    @Override
    public Operation meet(Interfaces server) {
        LDAPConnection ldap = server.writing();
        return () -> {
            String userName = userNames.get(random.nextInt(PEOPLE));
            if (people.ledger().latest(userName).equals(Ledger.ABSENT)) {
                add(ldap, userName);
            } else if (random.nextInt(4) == 0) {
                delete(ldap, userName);
            } else {
                modify(ldap, userName);
            }
            people.ledger().answered(userName);
        };
    }

    @Override
    public void verify(Interfaces server) throws LDAPException {
        people.settle(server.writing());
    }

    private void add(LDAPConnection ldap, String userName) throws LDAPException {
        String value = "v" + ++values;
        people.ledger().asks(userName, value);
        ldap.add(
                People.dn(userName),
                new Attribute("objectClass", "inetOrgPerson"),
                new Attribute("uid", userName),
                new Attribute("cn", userName),
                new Attribute("sn", userName),
                new Attribute("title", value),
                new Attribute("description", value, value + " too"));
    }

    private void modify(LDAPConnection ldap, String userName) throws LDAPException {
        String value = "v" + ++values;
        people.ledger().asks(userName, value);
        ldap.modify(
                People.dn(userName),
                new Modification(ModificationType.REPLACE, "title", value),
                new Modification(ModificationType.REPLACE, "description", value, value + " too"));
    }

    private void delete(LDAPConnection ldap, String userName) throws LDAPException {
        people.ledger().asks(userName, Ledger.ABSENT);
        ldap.delete(People.dn(userName));
    }
}
