package org.oathbound.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.http.InMemoryApi.Answer;

public class HeadersFuzz {

    /** Made by the first input: what is loaded before, for the seeds, can't be instrumented any more. */
    private static final class Parts {
        static final InMemoryApi API = new InMemoryApi(Things.class);
        static final TrustedProxies PROXIES = new TrustedProxies("127.0.0.0/8,::1");
    }

    @Path("things")
    public static class Things {

        @POST
        @Consumes("application/json")
        @Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
        public String post(String body) {
            return "1";
        }
    }

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "application/hal+json;q=0.5, */*\napplication/json; charset=\"utf-8\"\n5f1c\n198.51.100.1:80, [2001:db8::1]",
                "text/csv;header=absent\nmultipart/form-data; boundary=x\nX\nunknown");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String[] lines = (Fuzz.text(input) + "\n\n\n\n").split("\n", -1);
        Answer answer = Parts.API.post("things", lines[1])
                .header("Accept", lines[0])
                .header("correlation-id", lines[2])
                .header("X-Ping-External-Session-ID", lines[2])
                .header("Content-Length", lines[3])
                .send("{}");
        Fuzz.check(answer.status() < 500, "a header is the client's fault, or none");
        TrustedProxies.networkOf(Parts.PROXIES.clientBehind("127.0.0.1", lines[3]));
    }
}
