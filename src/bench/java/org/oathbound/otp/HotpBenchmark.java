package org.oathbound.otp;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How fast codes are computed and windows searched, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HotpBenchmark {

    private static final int WIDE = 1000;

    @Param
    private HashAlgorithm algorithm = HashAlgorithm.SHA_1;

    private final SharedSecret secret = SharedSecret.ofHex("6EBD59F71A634C48C4619CD33F6C385C9237C9BA");
    private final Passcode wrong = Passcode.parse("00000000").orElseThrow();
    private final Window wide = new Window(456_789, 456_789 + WIDE - 1);
    private final Window lookAhead = Window.ahead(456_789, 10);

    private Hotp keyed = keyed();

    /** Once more, for the parameter is not set before. */
    @Setup
    public void key() {
        keyed = keyed();
    }

    private Hotp keyed() {
        return new Hotp(secret, algorithm, 8);
    }

    /** Codes per second of a generator that is keyed once for them all. */
    @Benchmark
    @OperationsPerInvocation(WIDE)
    public OptionalLong keyedOnce() {
        return keyed.find(wrong, wide);
    }

    /** Codes per second when each has a generator of its own. */
    @Benchmark
    public int keyedForEach() {
        return keyed().code(456_789);
    }

    /** Verifications per second: keying, then a look-ahead window of eleven codes. */
    @Benchmark
    public OptionalLong keyedForAWindow() {
        return keyed().find(wrong, lookAhead);
    }
}
