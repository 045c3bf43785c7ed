package org.oathbound.build;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Evidence;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.component.evidence.Occurrence;
import org.cyclonedx.parsers.JsonParser;

/**
 * Adds to the bill of materials, which has the Maven dependencies of the WAR, everything else that is in the runnable jar: Payara
 * Micro, each archive inside it at any depth, and the libraries that those archives have taken in and name by their pom.properties.
 *
 * <p>Run by the build with the runnable jar, the directory of bom.json and bom.xml, payara-micro.jar, and the Maven coordinates of
 * Payara Micro and of Swagger UI.
 */
public final class BillOfMaterials {

    /** Archives without pom.properties that are on Maven Central: their symbolic names, and their coordinates there. */
    private static final Map<String, String> COORDINATES = Map.of(
            "org.objectweb.asm", "org.ow2.asm:asm",
            "org.objectweb.asm.tree", "org.ow2.asm:asm-tree",
            "org.objectweb.asm.tree.analysis", "org.ow2.asm:asm-analysis",
            "org.objectweb.asm.commons", "org.ow2.asm:asm-commons",
            "org.objectweb.asm.util", "org.ow2.asm:asm-util",
            "com.h2database", "com.h2database:h2",
            "reactive-streams", "org.reactivestreams:reactive-streams",
            "io.projectreactor.reactor-core", "io.projectreactor:reactor-core");

    /** Archives that have taken in others without their pom.properties: their own pom.xml names those others. */
    private static final Set<String> WITHOUT_POM_PROPERTIES =
            Set.of("nucleus-grizzly-all", "glassfish-grizzly-extra-all", "opentelemetry-repackaged");

    /** Where the version of a group stands that was taken in so. */
    private static final Map<String, String> VERSIONS = Map.of(
            "org.glassfish.grizzly", "org/glassfish/grizzly/version.properties",
            "io.opentelemetry", "io/opentelemetry/sdk/version.properties");

    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>\\s*<groupId>([^<]+)</groupId>\\s*"
            + "<artifactId>([^<]+)</artifactId>(?:(?!</dependency>).)*</dependency>", Pattern.DOTALL);

    /** The group is Maven's, or empty. */
    private record Coordinates(String group, String name, String version) {

        static Coordinates parse(String text) {
            var parts = text.split(":");
            return new Coordinates(parts[0], parts[1], parts[2]);
        }

        boolean isOf(Component component) {
            return group.equals(component.getGroup()) && name.equals(component.getName());
        }

        String purl() throws MalformedPackageURLException {
            return group.isEmpty()
                    ? new PackageURL("generic", null, name, version, null, null).canonicalize()
                    : new PackageURL("maven", group, name, version, new TreeMap<>(Map.of("type", "jar")), null)
                            .canonicalize();
        }
    }

    private record TakenIn(Component by, String group, String name, String place) {}

    private final Bom bom;
    private final Component ours;
    private final Map<String, Dependency> dependencies = new LinkedHashMap<>();
    private final Map<String, Component> bySha256 = new LinkedHashMap<>();
    private final Map<String, Component> byReference = new LinkedHashMap<>();
    private final Map<String, String> versions = new TreeMap<>();
    private final List<TakenIn> takenIn = new ArrayList<>();

    private BillOfMaterials(Bom bom) {
        this.bom = bom;
        ours = bom.getMetadata().getComponent();
        bom.getComponents().forEach(this::index);
        bom.getDependencies().forEach(dependency -> dependencies.put(dependency.getRef(), dependency));
    }

    public static void main(String... arguments) throws Exception {
        var jar = Path.of(arguments[0]);
        var directory = Path.of(arguments[1]);
        var bom = new JsonParser().parse(directory.resolve("bom.json").toFile());
        new BillOfMaterials(bom)
                .add(jar, Path.of(arguments[2]), Coordinates.parse(arguments[3]), Coordinates.parse(arguments[4]));
        Files.writeString(
                directory.resolve("bom.json"),
                BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString());
        Files.writeString(
                directory.resolve("bom.xml"),
                BomGeneratorFactory.createXml(Version.VERSION_16, bom).toXmlString());
    }

    private void add(Path jar, Path payaraMicro, Coordinates payara, Coordinates swaggerUi) throws Exception {
        var server = component(
                payara, sha256(Files.readAllBytes(payaraMicro)), jar.getFileName().toString(), ours);
        component(swaggerUi, "", "MICRO-INF/deploy/ROOT.war!/openapi-ui", ours);
        try (var files = FileSystems.newFileSystem(jar)) {
            read(files, "", server);
        }
        for (var library : takenIn) {
            var version = Objects.requireNonNull(versions.get(library.group), library::toString);
            component(new Coordinates(library.group, library.name, version), "", library.place, library.by);
        }
    }

    /** Reads an archive, which is a component itself: the libraries that it has taken in, and the archives in it. */
    private void read(FileSystem archive, String place, Component own) throws Exception {
        for (var pom : poms(archive)) {
            if (!pom.isOf(own)) {
                component(pom, "", place + "META-INF/maven/" + pom.group + "/" + pom.name + "/pom.properties", own);
            }
        }
        readTakenIn(archive, place, own);
        for (var file : files(archive, "/")) {
            if (!file.toString().endsWith(".class") && isArchive(file)) {
                var content = Files.readAllBytes(file);
                var inside = place + file.toString().substring(1);
                try (var nested = FileSystems.newFileSystem(file)) {
                    read(nested, inside + "!/", add(nested, file, inside, sha256(content), own));
                }
            }
        }
    }

    private Component add(FileSystem archive, Path file, String place, String sha256, Component container)
            throws Exception {
        var poms = poms(archive);
        var known = poms.stream().anyMatch(pom -> pom.isOf(ours)) ? ours : bySha256.get(sha256);
        if (known != null) {
            occurs(known, place);
            return known;
        }
        var name = file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
        var own = poms.stream()
                .filter(pom -> name.equals(pom.name) || name.startsWith(pom.name + "-"))
                .max(Comparator.comparing(pom -> pom.name.length()));
        var coordinates = own.isPresent() ? own.get() : ofManifest(archive, name, container.getVersion());
        return component(coordinates, sha256, place, container);
    }

    /** Without pom.properties: what the manifest says; an archive without a version has that of the one it is in. */
    private static Coordinates ofManifest(FileSystem archive, String file, String versionOfContainer) throws IOException {
        var path = archive.getPath("META-INF/MANIFEST.MF");
        if (!Files.exists(path)) {
            return new Coordinates("", file, versionOfContainer);
        }
        try (var content = Files.newInputStream(path)) {
            var manifest = new Manifest(content).getMainAttributes();
            var name = first(manifest.getValue("Bundle-SymbolicName"), manifest.getValue("Implementation-Title"), file)
                    .replaceFirst(";.*", "");
            var version = first(
                    manifest.getValue("Implementation-Version"), manifest.getValue("Bundle-Version"), versionOfContainer);
            var coordinates = COORDINATES.getOrDefault(name, ":" + name);
            return Coordinates.parse(coordinates + ":" + version);
        }
    }

    private void readTakenIn(FileSystem archive, String place, Component own) throws IOException {
        for (var group : VERSIONS.entrySet()) {
            var file = archive.getPath(group.getValue());
            if (Files.exists(file)) {
                versions.put(group.getKey(), first(properties(file).values().toArray(String[]::new)));
            }
        }
        if (WITHOUT_POM_PROPERTIES.contains(own.getName())) {
            var pom = "META-INF/maven/" + own.getGroup() + "/" + own.getName() + "/pom.xml";
            DEPENDENCY.matcher(Files.readString(archive.getPath(pom)))
                    .results()
                    .filter(found -> VERSIONS.containsKey(found.group(1)))
                    .filter(found -> !found.group().matches("(?s).*<scope>(provided|test)<.*"))
                    .forEach(found -> takenIn.add(new TakenIn(own, found.group(1), found.group(2), place + pom)));
        }
    }

    private static List<Coordinates> poms(FileSystem archive) throws IOException {
        var poms = new ArrayList<Coordinates>();
        for (var file : files(archive, "META-INF/maven")) {
            if (file.endsWith("pom.properties")) {
                var pom = properties(file);
                // One of Payara Micro's has a version only.
                if (pom.containsKey("groupId")) {
                    poms.add(new Coordinates(
                            pom.getProperty("groupId"), pom.getProperty("artifactId"), pom.getProperty("version")));
                }
            }
        }
        return poms;
    }

    private Component component(Coordinates coordinates, String sha256, String place, Component container)
            throws Exception {
        var purl = coordinates.purl();
        var known = byReference.get(purl);
        var isOther = known != null && !sha256.isEmpty() && known.getHashes() != null;
        var component = known == null || isOther ? new Component() : known;
        if (component != known) {
            component.setType(Component.Type.LIBRARY);
            component.setBomRef(isOther ? purl + "#" + place : purl);
            component.setPurl(purl);
            component.setGroup(coordinates.group);
            component.setName(coordinates.name);
            component.setVersion(coordinates.version);
            bom.addComponent(component);
        }
        if (!sha256.isEmpty()) {
            component.addHash(new Hash(Hash.Algorithm.SHA_256, sha256));
        }
        occurs(component, place);
        index(component);
        dependencies.computeIfAbsent(component.getBomRef(), this::dependency);
        dependencies
                .computeIfAbsent(container.getBomRef(), this::dependency)
                .addDependency(new Dependency(component.getBomRef()));
        return component;
    }

    private static void occurs(Component component, String place) {
        if (component.getEvidence() == null) {
            component.setEvidence(new Evidence());
        }
        var occurrence = new Occurrence();
        occurrence.setLocation(place);
        component.getEvidence().addOccurrence(occurrence);
    }

    private void index(Component component) {
        byReference.put(component.getBomRef(), component);
        Stream.ofNullable(component.getHashes())
                .flatMap(List::stream)
                .filter(hash -> hash.getAlgorithm().equals(Hash.Algorithm.SHA_256.getSpec()))
                .forEach(hash -> bySha256.put(hash.getValue(), component));
    }

    private Dependency dependency(String reference) {
        var dependency = new Dependency(reference);
        bom.addDependency(dependency);
        return dependency;
    }

    /** By what it begins with, as a file of any name may be an archive. */
    private static boolean isArchive(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return Arrays.equals(content.readNBytes(4), "PK\3\4".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static List<Path> files(FileSystem archive, String directory) throws IOException {
        var root = archive.getPath(directory);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Properties properties(Path file) throws IOException {
        var properties = new Properties();
        try (var content = Files.newInputStream(file)) {
            properties.load(content);
        }
        return properties;
    }

    private static String first(String... values) {
        return Stream.of(values).filter(Objects::nonNull).findFirst().orElseThrow();
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
