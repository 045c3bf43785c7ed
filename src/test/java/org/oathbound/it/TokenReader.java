package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reads the tokens of all writers: lists and single ones over HTTP, searches and comparisons over LDAP. */
final class TokenReader implements CrashClient {

    private final List<Stock> stocks;
    private final Random random;

    TokenReader(List<Stock> stocks, Random random) {
        this.stocks = stocks;
        this.random = random;
    }

    @Override
    public Operation meet(Interfaces server) {
        return () -> {
            Stock stock = stocks.get(random.nextInt(stocks.size()));
            String serialNumber = stock.ledger().any(stock.prefix(), random);
            read(server.http(), server.reading(), stock, serialNumber);
        };
    }

    private void read(Oathbound server, LDAPConnection ldap, Stock stock, String serialNumber) throws LDAPException {
        String neighbours = serialNumber.substring(0, serialNumber.length() - 1 - random.nextInt(2));
        switch (random.nextInt(5)) {
            case 0 -> stock.read(server, neighbours, 5 + random.nextInt(50));
            case 1 -> stock.search(ldap, neighbours);
            case 2 -> stock.read(server, serialNumber, 1);
            case 3 -> readOne(server, stock, serialNumber);
            default -> compare(ldap, stock, serialNumber);
        }
    }

    private static void readOne(Oathbound server, Stock stock, String serialNumber) {
        String path = stock.path(serialNumber).orElse(null);
        if (path != null) {
            Map<String, Integer> earliest = stock.ledger().earliest(serialNumber);
            Answer answer = CrashClient.answered(server.get(path), 200, 404);
            if (answer.status() == 200) {
                assertThat(stock.check(answer.json())).isEqualTo(serialNumber);
            }
            stock.ledger()
                    .shown(answer.status() == 200 ? Map.of(serialNumber, answer.text("/model")) : Map.of(), earliest);
        }
    }

    private static void compare(LDAPConnection ldap, Stock stock, String serialNumber) throws LDAPException {
        String id = stock.id(serialNumber).orElse(null);
        if (id != null) {
            String dn = Entries.dn("oathTokenIdentifier=" + id, "ou=Tokens");
            Entries.compare(ldap, dn, "oathboundModel", stock.ledger(), serialNumber);
        }
    }
}
