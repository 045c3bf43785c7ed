package org.oathbound;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rooms of the house: which component may use which. */
@AnalyzeClasses(packages = "org.oathbound", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.oathbound.";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("otp", Set.of()),
            entry("problem", Set.of()),
            entry("file", Set.of()),
            entry("audit", Set.of("directory", "sealing", "file", "problem")),
            entry("password", Set.of("problem")),
            entry("directory", Set.of("file", "problem")),
            entry("sealing", Set.of("directory", "file", "problem")),
            entry("environment", Set.of("directory", "http", "problem")), // its settings are stored as JSON
            entry(
                    "token",
                    Set.of(
                            "otp",
                            "directory",
                            "sealing",
                            "environment",
                            "http", // a job selects tokens by the filter of their list
                            "problem")),
            entry("seedfile", Set.of("password", "problem")), // a file's key may come from a password
            entry(
                    "job",
                    Set.of(
                            "seedfile",
                            "token",
                            "person",
                            "device",
                            "directory",
                            "sealing",
                            "environment",
                            "http", // the rows of a job are stored as JSON
                            "problem")),
            entry("person", Set.of("password", "directory", "environment", "problem")),
            entry("device", Set.of("otp", "token", "person", "environment", "directory", "problem")),
            entry(
                    "authentication",
                    Set.of(
                            "otp",
                            "password", // the limit of wrong attempts
                            "device",
                            "token",
                            "person",
                            "environment",
                            "application",
                            "oauth",
                            "problem")),
            entry(
                    "directoryapi",
                    Set.of(
                            "otp",
                            "device",
                            "token",
                            "person",
                            "environment",
                            "authentication",
                            "application",
                            "entryaccess",
                            "directory",
                            "problem")),
            entry(
                    "ldap",
                    Set.of(
                            "audit",
                            "password", // the administrator's
                            "device",
                            "otp", // it takes codes
                            "token",
                            "person",
                            "environment",
                            "authentication",
                            "application",
                            "entryaccess",
                            "directory",
                            "tls",
                            "problem")),
            entry("application", Set.of("password", "directory", "environment", "problem")),
            entry("oauth", Set.of("application", "directory", "environment", "sealing", "problem")),
            entry("entryaccess", Set.of("application", "person", "token", "environment", "directory", "problem")),
            entry(
                    "report",
                    Set.of(
                            "audit",
                            "application",
                            "otp",
                            "seedfile",
                            "device",
                            "token",
                            "person",
                            "environment",
                            "problem")),
            entry("commandline", Set.of()),
            entry("tls", Set.of()),
            entry("http", Set.of("problem")));

    private static final Set<String> BOUNDARY_MAY_USE = Set.of("http", "application", "oauth", "audit");
    private static final Set<String> CONTROL_MAY_USE = Set.of("audit");
    private static final String MAY_USE_ALL = "operations";

    @ArchTest
    static final ArchRule everyClassIsInARoom = classes().should(new ArchCondition<>("be in a component of the table") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            String component = component(type);
            boolean known = MAY_USE.containsKey(component) || component.equals(MAY_USE_ALL);
            events.add(new SimpleConditionEvent(type, known, type.getName() + " is in no component of the table"));
        }
    });

    @ArchTest
    static final ArchRule componentsUseWhatTheTableAllows = classes()
            .should(new ArchCondition<>("use only what the table allows") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT))
                            .map(use -> new SimpleConditionEvent(type, mayUse(use), use.getDescription()))
                            .forEach(events::add);
                }
            });

    @ArchTest
    static final ArchRule thereAreNoCircles = slices().matching("org.oathbound.(*)..")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage("..boundary.."), alwaysTrue());

    @ArchTest
    static final ArchRule otpIsArithmeticOnly = classes()
            .that()
            .resideInAPackage("org.oathbound.otp..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.oathbound.otp..",
                    "java.lang..",
                    "java.nio",
                    "java.security..",
                    "java.time",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "javax.crypto..",
                    "org.jspecify..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule problemsKnowNoProtocol = classes()
            .that()
            .resideInAPackage("org.oathbound.problem..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.oathbound.problem..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule entitiesDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage("..entity..", "org.oathbound.otp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.util.logging..",
                    "jakarta..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule entitiesAreImmutable = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage("..entity..")
            .should()
            .beFinal()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule timeComesIn = noClasses()
            .that()
            .resideOutsideOfPackage("org.oathbound.operations..")
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule beansGetWhatTheyNeedInTheirConstructors =
            noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Impl|Service|Manager|Helper|Utils?|DTO|Dto)");

    @ArchTest
    static final ArchRule nullIsMarked = classes().should(new ArchCondition<>("be in a @NullMarked package") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
        }
    });

    private static boolean mayUse(Dependency use) {
        JavaClass origin = use.getOriginClass();
        JavaClass target = use.getTargetClass();
        String from = component(origin);
        String to = component(target);
        if (from.equals(to) || from.equals(MAY_USE_ALL)) {
            return true; // operations starts and stops what listens, too
        }
        if (room(target).equals("boundary")) {
            return false;
        }
        return MAY_USE.getOrDefault(from, Set.of()).contains(to)
                || (room(origin).equals("boundary") && BOUNDARY_MAY_USE.contains(to))
                || (room(origin).equals("control") && CONTROL_MAY_USE.contains(to));
    }

    private static String component(JavaClass type) {
        return segment(type, 0);
    }

    private static String room(JavaClass type) {
        return segment(type, 1);
    }

    /** The n-th part of the package's name below the root; empty when there is none. */
    private static String segment(JavaClass type, int n) {
        String[] segments =
                (type.getPackageName() + ".").substring(ROOT.length()).split("\\.", -1);
        return n < segments.length ? segments[n] : "";
    }
}
