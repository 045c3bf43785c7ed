package org.oathbound.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.oathbound.it.RefusedPeople.Case;
import org.oathbound.it.SignInConnections.Interface;

/**
 * Whether the time of the answer tells why a sign-in was refused: each case at each interface of a server of its own, in
 * random order, one request at a time. Argument: how many samples of each, 100 unless told. {@code -Dit.jar} names another
 * version's jar. A superiority of 0.5 says that a case can't be told from an unknown name.
 */
final class EqualCost {

    private static final int WARM_UP_ROUNDS = 20;
    private static final Map<String, String> WITHOUT_LIMITS = Map.of(
            "OATHBOUND_LIMITS_WRONG_SECRETS", "0",
            "OATHBOUND_LIMITS_ADDRESS", "0",
            "OATHBOUND_LIMITS_TOKEN_REQUESTS", "0");

    private final RefusedPeople people;
    private final SignInConnections connections;
    private final Random random = new Random();
    private final Map<Interface, Map<Case, List<Double>>> samples = new EnumMap<>(Interface.class);

    private EqualCost(RefusedPeople people, SignInConnections connections) {
        this.people = people;
        this.connections = connections;
    }

    /** One case at one interface. */
    private record Question(Interface at, Case reason) {}

    public static void main(String[] args) throws Exception {
        int count = args.length == 0 ? 100 : Integer.parseInt(args[0]);
        Path data = Files.createTempDirectory("oathbound-equal-cost").resolve("data");
        try (ServerProcess server = ServerProcess.startForLong(data, WITHOUT_LIMITS);
                SignInConnections connections = new SignInConnections(server)) {
            int attempts = (WARM_UP_ROUNDS + count) * Interface.values().length;
            RefusedPeople people = RefusedPeople.create(server.oathbound(), connections, attempts);
            EqualCost measured = new EqualCost(people, connections);
            measured.rounds(WARM_UP_ROUNDS);
            measured.samples.clear();
            measured.rounds(count);
            people.requireUnchanged();
            measured.print();
        }
    }

    private void rounds(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            round();
        }
    }

    /** Each case at each interface once. */
    private void round() throws Exception {
        List<Question> questions = new ArrayList<>();
        for (Interface at : Interface.values()) {
            for (Case reason : Case.values()) {
                questions.add(new Question(at, reason));
            }
        }
        Collections.shuffle(questions, random);
        for (Question question : questions) {
            double millis = refused(question);
            samples.computeIfAbsent(question.at(), at -> new EnumMap<>(Case.class))
                    .computeIfAbsent(question.reason(), reason -> new ArrayList<>())
                    .add(millis);
        }
    }

    /** How many milliseconds the refusal takes. */
    private double refused(Question question) throws Exception {
        RefusedPeople.Attempt attempt = people.next(question.reason());
        connections.open(question.at());
        long begun = System.nanoTime();
        boolean isLetIn = connections.letsIn(question.at(), attempt);
        long ended = System.nanoTime();
        if (isLetIn) {
            throw new IllegalStateException(question + " was let in.");
        }
        return (ended - begun) / 1e6;
    }

    private void print() {
        samples.forEach((at, cases) -> {
            System.out.printf(
                    "%n%-16s %9s %9s %9s %7s %11s%n", at, "median ms", "10 %", "90 %", "ratio", "superiority");
            double[] unknown = sorted(cases, Case.UNKNOWN_NAME);
            for (Case reason : cases.keySet()) {
                print(reason, sorted(cases, reason), unknown);
            }
        });
    }

    private static void print(Case reason, double[] sorted, double[] unknown) {
        double median = quantile(sorted, 0.5);
        System.out.printf(
                Locale.ROOT,
                "%-16s %9.2f %9.2f %9.2f %7.3f %11.3f%n",
                reason,
                median,
                quantile(sorted, 0.1),
                quantile(sorted, 0.9),
                median / quantile(unknown, 0.5),
                superiority(sorted, unknown));
    }

    private static double[] sorted(Map<Case, List<Double>> cases, Case reason) {
        return cases.getOrDefault(reason, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    /** Between the two nearest samples in proportion. */
    private static double quantile(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Of all pairs the part where that sample is the greater one; half of those where both are the same. */
    private static double superiority(double[] samples, double[] others) {
        double greater = Arrays.stream(samples)
                .flatMap(sample -> Arrays.stream(others).map(other -> (1 + Double.compare(sample, other)) / 2.0))
                .sum();
        return greater / ((double) samples.length * others.length);
    }
}
