package org.oathbound.it;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The same tokens as a seed file of each format, each on a fresh server: the time from the first byte sent until the job is
 * done, as a ratio to that of JSON. Arguments: how many tokens, how many rounds.
 */
final class SeedFormats {

    private static final byte[] SECRET = HexFormat.of().parseHex(Seeds.SECRET);

    /** How a format is sent, and written. */
    private record Written(String path, String mediaType, String head, IntFunction<String> row, String tail) {}

    private final int count;
    private final Path folder;

    private SeedFormats(int count, Path folder) {
        this.count = count;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("it.heap", "2g");
        SeedFormats formats =
                new SeedFormats(Integer.parseInt(args[0]), Files.createTempDirectory("oathbound-formats"));
        for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
            formats.run(round);
        }
    }

    private static Map<String, Written> formats() {
        String hex = Seeds.SECRET;
        String base64 = Base64.getEncoder().encodeToString(SECRET);
        Map<String, Written> formats = new LinkedHashMap<>();
        formats.put(
                "JSON",
                new Written(
                        "/oathJobs",
                        Oathbound.CREATE,
                        "{\"type\":\"CREATE_OATH_TOKENS\",\"tokens\":[",
                        i -> (i == 0 ? "" : ",") + "{\"serialNumber\":\"F" + i + "\",\"secret\":\"" + hex
                                + "\",\"type\":\"HOTP\",\"otpLength\":6}",
                        "]}"));
        formats.put("OATH_CSV", csv("OATH_CSV", "", "serial,key,type,length,counter", i -> "F" + i + "," + hex + ",hotp,6,0"));
        formats.put("PINGID_TEXT", csv("PINGID_TEXT", "&type=HOTP&otpLength=6", "", i -> "F" + i + "," + hex));
        formats.put(
                "ENTRA_CSV",
                csv(
                        "ENTRA_CSV",
                        "",
                        "serial number,secret key,time interval,manufacturer,model",
                        i -> "F" + i + ",GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Contoso,Key"));
        formats.put(
                "YUBICO_CSV",
                csv("YUBICO_CSV", "&otpLength=6", "", i -> i + 1_000_000 + ",,0," + hex + ",,2026-11-22T08:41:07,"));
        formats.put(
                "PSKC",
                new Written(
                        "/oathJobs",
                        "application/pskc+xml",
                        "<KeyContainer Version=\"1.0\" xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\">",
                        i -> "<KeyPackage><DeviceInfo><Manufacturer>Contoso</Manufacturer><SerialNo>F" + i
                                + "</SerialNo></DeviceInfo><Key Id=\"F" + i
                                + "\" Algorithm=\"urn:ietf:params:xml:ns:keyprov:pskc:hotp\"><AlgorithmParameters>"
                                + "<ResponseFormat Length=\"6\" Encoding=\"DECIMAL\"/></AlgorithmParameters><Data><Secret>"
                                + "<PlainValue>" + base64 + "</PlainValue></Secret><Counter><PlainValue>0</PlainValue>"
                                + "</Counter></Data></Key></KeyPackage>",
                        "</KeyContainer>"));
        formats.put(
                "FREEIPA_LDIF",
                new Written(
                        "/oathJobs?format=FREEIPA_LDIF",
                        "application/ldif",
                        "",
                        i -> "dn: ipatokenuniqueid=F" + i + ",cn=otp,dc=example,dc=com\nobjectClass: top\n"
                                + "objectClass: ipaToken\nobjectClass: ipatokenHOTP\nipatokenUniqueID: F" + i
                                + "\nipatokenOTPkey:: " + base64 + "\nipatokenOTPalgorithm: sha1\nipatokenOTPdigits: 6\n"
                                + "ipatokenHOTPcounter: 0\n",
                        ""));
        return formats;
    }

    private static Written csv(String format, String hints, String head, IntFunction<String> row) {
        return new Written("/oathJobs?format=" + format + hints, "text/csv", head, row, "");
    }

    private void run(int round) throws Exception {
        double json = 0;
        for (Map.Entry<String, Written> format : formats().entrySet()) {
            Path file = write(format.getKey(), format.getValue());
            double seconds = time(round + format.getKey(), format.getValue(), BodyPublishers.ofFile(file));
            json = format.getKey().equals("JSON") ? seconds : json;
            System.out.printf(
                    "%d %-14s %8d rows %6.1f MB %6.1f s %5.2f%n",
                    round, format.getKey(), count, Files.size(file) / 1e6, seconds, seconds / json);
            Files.delete(file);
        }
    }

    private Path write(String name, Written format) throws IOException {
        Path file = folder.resolve(name);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            List<String> head = new ArrayList<>(List.of(format.head()));
            head.removeIf(String::isEmpty);
            head.forEach(out::println);
            for (int i = 0; i < count; i++) {
                out.println(format.row().apply(i));
            }
            out.println(format.tail());
        }
        return file;
    }

    private double time(String name, Written format, BodyPublisher body) {
        try (ServerProcess process = ServerProcess.start(folder.resolve(name + "-data"), Map.of())) {
            Oathbound server = process.oathbound();
            long begun = System.nanoTime();
            Answer accepted = server.post(format.path(), format.mediaType(), body);
            if (accepted.status() != 202) {
                throw new IllegalStateException(accepted.status() + " " + accepted.body());
            }
            int created = server.done(accepted.text("/id")).at("/result/created").asInt();
            if (created != count) {
                throw new IllegalStateException(name + ": " + created + " tokens of " + count);
            }
            return (System.nanoTime() - begun) / 1e9;
        }
    }
}
