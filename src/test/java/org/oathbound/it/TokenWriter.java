package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Creates and revokes tokens over HTTP, one at a time, the same serial numbers again and again. */
final class TokenWriter implements CrashClient {

    private static final int TOKENS = 60;

    private final Stock stock;
    private final List<String> serialNumbers;
    private final Random random;
    private int lifecycle;

    TokenWriter(Stock stock, Random random) {
        this.stock = stock;
        this.random = random;
        this.serialNumbers = IntStream.range(0, TOKENS)
                .mapToObj(n -> stock.prefix() + "%03d".formatted(n))
                .toList();
        serialNumbers.forEach(stock.ledger()::expect);
    }

    @Override
    public Operation meet(Interfaces server) {
        return () -> {
            String serialNumber = serialNumbers.get(random.nextInt(TOKENS));
            if (stock.ledger().latest(serialNumber).equals(Ledger.ABSENT)) {
                create(server.http(), serialNumber);
            } else {
                revoke(server.http(), serialNumber);
            }
        };
    }

    @Override
    public void verify(Interfaces server) throws LDAPException {
        stock.settle(server);
        for (String serialNumber : serialNumbers) {
            stock.path(serialNumber).ifPresent(path -> {
                boolean there = !stock.ledger().latest(serialNumber).equals(Ledger.ABSENT);
                Answer answer = CrashClient.answered(server.http().get(path), there ? 200 : 404);
                assertThat(there ? stock.check(answer.json()) : serialNumber).isEqualTo(serialNumber);
            });
        }
    }

    private void create(Oathbound server, String serialNumber) {
        String model = "v" + ++lifecycle;
        stock.ledger().asks(serialNumber, model);
        Answer created = CrashClient.answered(server.create(Stock.row(serialNumber, model)), 201);
        stock.ledger().answered(serialNumber);
        assertThat(stock.check(created.json())).isEqualTo(serialNumber);
    }

    private void revoke(Oathbound server, String serialNumber) {
        String path = stock.path(serialNumber).orElseThrow();
        stock.ledger().asks(serialNumber, Ledger.ABSENT);
        CrashClient.answered(server.delete(path), 204);
        stock.ledger().answered(serialNumber);
    }
}
