package org.oathbound.directory.embedded;

import org.oathbound.directory.Directories;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;

import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryRequestHandler;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.schema.EntryValidator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.oathbound.directory.Listing.Order;

/**
 * What the embedded directory costs, in CPU time of one thread: to be run by hand, with the number of entries. What
 * holds on any machine is the ratio between lines of one run.
 */
final class EmbeddedDirectoryCost {

    private static final int SAMPLES = 20_000;

    private EmbeddedDirectoryCost() {}

    public static void main(String[] args) throws Exception {
        measure(Math.min(SAMPLES, Integer.parseInt(args[0]))); // warms up
        System.out.println();
        measure(Integer.parseInt(args[0]));
    }

    private static void measure(int count) throws Exception {
        WholeEmbeddedDirectory directory = Directories.fresh();
        DN tokens = new DN(new RDN(Schema.OU, "Tokens"), directory.suffix());
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(token(tokens, i));
        }
        cost("directory: add", count, i -> directory.add(entries.get(i)));
        Random random = new Random(1);
        cost(
                "directory: read",
                SAMPLES,
                i -> directory.read(entries.get(random.nextInt(count)).getParsedDN()));
        cost("directory: read and modifyIfUnchanged", SAMPLES, i -> {
            DN dn = entries.get(random.nextInt(count)).getParsedDN();
            ReadOnlyEntry seen = directory.read(dn).orElseThrow();
            Entry wanted = seen.duplicate();
            wanted.setAttribute(Schema.TOTP_LAST_TIME_STEP, Integer.toString(i + 1));
            directory.modifyIfUnchanged(seen, wanted);
        });
        Filter any = Filter.createPresenceFilter(Schema.OBJECT_CLASS);
        cost("directory: page of 100", 200, i -> directory.page(tokens, any, "8", 100, Order.ASCENDING));
        Filter looksAtAll = Filter.createNOTFilter(Filter.createPresenceFilter(Schema.TOTP_DRIFT));
        cost("directory: search by serial number", SAMPLES, i -> search(directory, bySerialNumber(i % count)));
        cost("directory: search without an index", 5, i -> search(directory, looksAtAll));
        EntryValidator validator = new EntryValidator(Ldif.schema());
        cost(
                "validation alone",
                SAMPLES,
                i -> validator.entryIsValid(
                        new Entry(
                                entries.get(i).getDN(),
                                Ldif.schema(),
                                entries.get(i).getAttributes()),
                        new ArrayList<>()));
        for (boolean schema : new boolean[] {true, false}) {
            InMemoryRequestHandler handler = handler(directory.suffix(), schema);
            String name = schema ? "handler with schema: " : "handler without schema: ";
            cost(name + "add", count, i -> handler.addEntry(entries.get(i), false));
            cost(
                    name + "getEntry",
                    SAMPLES,
                    i -> handler.getEntry(entries.get(random.nextInt(count)).getParsedDN()));
        }
    }

    private static Filter bySerialNumber(int i) {
        return Filter.createANDFilter(
                Filter.createEqualityFilter(Schema.OBJECT_CLASS, Schema.DEVICE),
                Filter.createEqualityFilter(Schema.SERIAL_NUMBER, "SN" + i));
    }

    private static void search(WholeDirectory directory, Filter filter) {
        directory.search(directory.suffix(), SearchScope.SUB, filter, null, 10);
    }

    private static InMemoryRequestHandler handler(DN suffix, boolean schema) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(suffix);
        config.setSchema(schema ? Ldif.schema() : null);
        config.setGenerateOperationalAttributes(false);
        InMemoryRequestHandler handler = new InMemoryRequestHandler(config);
        for (Entry entry : Ldif.baseTree(suffix)) {
            handler.addEntry(entry, false);
        }
        return handler;
    }

    private static Entry token(DN tokens, int i) {
        String id = UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)})
                .toString();
        Entry entry = new Entry(new DN(new RDN(Schema.TOKEN_IDENTIFIER, id), tokens));
        entry.addAttribute(Schema.OBJECT_CLASS, Schema.DEVICE, Schema.TOTP_TOKEN, Schema.OATHBOUND_TOKEN);
        entry.addAttribute(Schema.CN, "SN" + i);
        entry.addAttribute(Schema.SERIAL_NUMBER, "SN" + i);
        entry.addAttribute(Schema.SECRET, "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..".repeat(5) + i);
        entry.addAttribute(Schema.TOTP_LAST_TIME_STEP, "0");
        entry.addAttribute(Schema.TOTP_DRIFT, "0");
        entry.addAttribute(Schema.TOTP_TIME_STEP_PERIOD, "30");
        entry.addAttribute(Schema.OTP_LENGTH, "6");
        entry.addAttribute(Schema.HMAC_ALGORITHM, "1.2.840.113549.2.7");
        entry.addAttribute(Schema.FAILURE_COUNT, "0");
        entry.addAttribute(Schema.REVISION, "0");
        entry.addAttribute(Schema.LIFE, "life" + i);
        entry.addAttribute(Schema.KEY_ID, "key1");
        entry.addAttribute(Schema.ORIGIN, id + " " + i);
        entry.addAttribute(Schema.MANUFACTURER, "ACME");
        entry.addAttribute(Schema.MODEL, "Fob 1");
        entry.addAttribute(Schema.CREATED_AT, "20260101000000Z");
        return entry;
    }

    private static void cost(String what, int times, Work work) throws Exception {
        var clock = ManagementFactory.getThreadMXBean();
        long begun = clock.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.run(i);
        }
        double micros = (clock.getCurrentThreadCpuTime() - begun) / 1e3 / times;
        System.out.printf("%-40s %8.1f µs %9.0f a second%n", what, micros, 1e6 / micros);
    }

    private interface Work {
        void run(int i) throws Exception;
    }
}
