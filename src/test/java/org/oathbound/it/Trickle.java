package org.oathbound.it;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Connections of one address that announce a body for the token endpoint and send a byte of it each second, over and over. */
final class Trickle implements Closeable {

    private final AtomicLong sent = new AtomicLong();
    private final List<ClientAt> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String head;
    private volatile boolean isOver;

    Trickle(ServerProcess server, int connections) {
        head = "POST /" + server.oathbound().environment() + "/as/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + Oathbound.FORM + "\r\nContent-Length: 4000\r\n\r\n";
        for (int i = 0; i < connections; i++) {
            ClientAt client = new ClientAt("127.3.0.1", server.httpPort(), server.ldapPort());
            clients.add(client);
            threads.execute(() -> trickle(client));
        }
    }

    private void trickle(ClientAt client) {
        while (!isOver) {
            try {
                send(client, head);
                while (!isOver) {
                    send(client, "a");
                    TimeUnit.SECONDS.sleep(1);
                }
            } catch (IOException e) { // was closed: once more
                client.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void send(ClientAt client, String text) throws IOException {
        client.begin(text);
        sent.addAndGet(text.length());
    }

    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        isOver = true;
        threads.shutdownNow();
        clients.forEach(ClientAt::close);
    }
}
