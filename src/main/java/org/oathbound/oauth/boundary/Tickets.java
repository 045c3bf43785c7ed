package org.oathbound.oauth.boundary;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** The ticket of a request: the caller's own number for why it is made. It stands in each line that the request leads to. */
final class Tickets {

    private static final String HEADER = "Oathbound-Ticket";
    private static final Pattern NUMBER = Pattern.compile("[!-~]([ -~]{0,62}[!-~])?");

    /** What people do with their own devices, and programs to sign people on; a search is sent as a POST. */
    private static final Set<Action> NO_ADMINISTRATION =
            EnumSet.of(Action.DEVICE_ACTIVATE, Action.DEVICE_TEST, Action.DIRECTORY_SEARCH);

    private Tickets() {}

    /** Null for none, and for a text that is no number: such a request is {@linkplain #check refused}. */
    static @Nullable String of(ContainerRequestContext request) {
        String sent = request.getHeaderString(HEADER);
        return sent != null && NUMBER.matcher(sent).matches() ? sent : null;
    }

    /**
     * Refuses what can't be a ticket's number, and an act of administration without one where the settings ask for it.
     *
     * @throws Problem.InvalidRequest with the header's name
     */
    static void check(
            ContainerRequestContext request,
            @Nullable Audited audited,
            Requires requires,
            RequestPrincipal caller,
            Supplier<CurrentSettings> settings) {
        if (request.getHeaderString(HEADER) != null && of(request) == null) {
            throw new Problem.InvalidRequest(
                    DetailCode.INVALID_VALUE, HEADER, "A ticket's number has 1 to 64 characters of ASCII.");
        }
        if (isAdministration(audited, requires)
                && of(request) == null
                && settings.get().of(caller.environment()).oath().ticketRequired()) {
            throw new Problem.InvalidRequest(
                    DetailCode.REQUIRED_VALUE,
                    HEADER,
                    "The settings ask for a ticket: send its number in the header " + HEADER
                            + " (oathbound … --ticket NUMBER).");
        }
    }

    private static boolean isAdministration(@Nullable Audited audited, Requires requires) {
        return audited != null
                && !NO_ADMINISTRATION.contains(audited.value())
                && !List.of(requires.value()).contains(Permission.AUTHENTICATE_DEVICE);
    }
}
