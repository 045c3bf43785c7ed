package org.oathbound.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The sockets that a process listens on, as the kernel of Linux lists them. */
final class ListeningSockets {

    private static final String LISTENING = "0A";
    private static final String UDP_UNCONNECTED = "07";

    private ListeningSockets() {}

    /** The ports: {@code tcp 8080}, {@code udp 54327}. */
    static Set<String> of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> inodes = socketInodes(process.resolve("fd"));
        Set<String> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            String state = table.startsWith("tcp") ? LISTENING : UDP_UNCONNECTED;
            lines(process.resolve("net").resolve(table))
                    .skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[3].equals(state) && inodes.contains(fields[9]))
                    .map(fields -> table.substring(0, 3) + " " + Integer.parseInt(fields[1].replaceAll(".*:", ""), 16))
                    .forEach(ports::add);
        }
        return ports;
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream();
        } catch (NoSuchFileException e) {
            return Stream.of(); // a kernel without IPv6
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> socketInodes(Path descriptors) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path descriptor : all.toList()) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
