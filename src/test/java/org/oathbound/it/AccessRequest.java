package org.oathbound.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request of RADIUS with a password in it (RFC 2865 sections 4.1 and 5.2), to be sent as often, and wherever, one likes. */
final class AccessRequest implements AutoCloseable {

    private static final int AUTHENTICATOR = 16;
    private static final int USER_NAME = 1;
    private static final int USER_PASSWORD = 2;
    private static final int NAS_PORT = 5;
    private static final int MESSAGE_AUTHENTICATOR = 80;

    private final DatagramSocket socket;
    private final byte[] bytes;

    AccessRequest(String secret, String user, String password) throws IOException, GeneralSecurityException {
        byte[] random = new byte[AUTHENTICATOR];
        new SecureRandom().nextBytes(random);
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        attribute(attributes, USER_NAME, user.getBytes(StandardCharsets.UTF_8));
        attribute(attributes, USER_PASSWORD, hidden(password.getBytes(StandardCharsets.UTF_8), key, random));
        attribute(attributes, NAS_PORT, new byte[4]);
        attribute(attributes, MESSAGE_AUTHENTICATOR, new byte[AUTHENTICATOR]);
        int length = 4 + AUTHENTICATOR + attributes.size();
        bytes = ByteBuffer.allocate(length)
                .put((byte) 1)
                .put(random[0])
                .putShort((short) length)
                .put(random)
                .put(attributes.toByteArray())
                .array();
        sign(key);
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    private static void attribute(ByteArrayOutputStream to, int type, byte[] value) {
        to.write(type);
        to.write(2 + value.length);
        to.writeBytes(value);
    }

    /** Each block of 16 bytes under the MD5 of the secret and what is in front. */
    private static byte[] hidden(byte[] password, byte[] secret, byte[] authenticator) throws GeneralSecurityException {
        byte[] hidden = Arrays.copyOf(password, (password.length + 15) / 16 * 16);
        byte[] before = authenticator;
        for (int block = 0; block < hidden.length; block += 16) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(secret);
            byte[] pad = md5.digest(before);
            for (int i = 0; i < 16; i++) {
                hidden[block + i] ^= pad[i];
            }
            before = Arrays.copyOfRange(hidden, block, block + 16);
        }
        return hidden;
    }

    /** The last attribute is the HMAC of all, with zeros in its own place (RFC 3579 section 3.2). */
    private void sign(byte[] secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(secret, "HmacMD5"));
        byte[] signature = mac.doFinal(bytes);
        System.arraycopy(signature, 0, bytes, bytes.length - AUTHENTICATOR, AUTHENTICATOR);
    }

    /** Sends the very same bytes; the code of the answer (2 accept, 3 reject), if there is one in time. */
    Optional<Integer> send(int port, Duration retry) throws IOException {
        socket.setSoTimeout(Math.toIntExact(retry.toMillis()));
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        try {
            socket.receive(answer);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        return Optional.of((int) answer.getData()[0]);
    }

    @Override
    public void close() {
        socket.close();
    }
}
