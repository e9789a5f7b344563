#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

#include "guard_linux.h"
#include "_cgo_export.h"

/* The one guarded window. Touched on GTK's main thread only. */
static struct {
    WebKitWebView *view;
    GtkWidget *window;
    char *start;       /* address of the start page */
    gboolean ending;   /* we are ending the page's process ourselves */
    guint attempts;    /* to find the view */
} guard;

enum { ATTEMPT_MS = 20, ATTEMPTS = 500 };

/* ---- a page that is gone ---- */

/* A dead page leaves its last picture, which may show a reader's data: make the
   view see-through, so that the window's own colour shows until the new page is there. */
static void cover(gboolean on) {
    gtk_widget_set_opacity(GTK_WIDGET(guard.view), on ? 0.0 : 1.0);
}

static void lost(int kind) {
    cover(TRUE);
    shutingPageLost(kind);
}

static void on_terminated(WebKitWebView *view, WebKitWebProcessTerminationReason reason, gpointer data) {
    (void)view; (void)data;
    guard.ending = FALSE;
    switch (reason) {
    case WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT: lost(SHUTING_LOST_MEMORY); break;
    case WEBKIT_WEB_PROCESS_TERMINATED_BY_API: lost(SHUTING_LOST_ASKED); break;
    default: lost(SHUTING_LOST_CRASH);
    }
}

static gboolean on_load_failed(WebKitWebView *view, WebKitLoadEvent event, char *uri, GError *error, gpointer data) {
    (void)view; (void)event; (void)uri; (void)data;
    /* A refused navigation or a load replaced by another is no loss. */
    if (g_error_matches(error, WEBKIT_POLICY_ERROR, WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE) ||
        g_error_matches(error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED))
        return TRUE;
    lost(SHUTING_LOST_LOAD);
    return TRUE;
}

static void on_load_changed(WebKitWebView *view, WebKitLoadEvent event, gpointer data) {
    (void)data;
    if (event != WEBKIT_LOAD_FINISHED)
        return;
    shutingPageLoaded();
    cover(FALSE);
    /* Without the focus a scanner would type into nothing. */
    gtk_widget_grab_focus(GTK_WIDGET(view));
}

/* ---- ways out of the page ---- */

static gboolean on_decide_policy(WebKitWebView *view, WebKitPolicyDecision *decision,
                                 WebKitPolicyDecisionType type, gpointer data) {
    (void)view; (void)data;
    if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE) {
        /* What the view cannot show would become a download. */
        if (webkit_response_policy_decision_is_mime_type_supported(WEBKIT_RESPONSE_POLICY_DECISION(decision)))
            return FALSE;
        webkit_policy_decision_ignore(decision);
        return TRUE;
    }
    if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION) {
        WebKitNavigationAction *action =
            webkit_navigation_policy_decision_get_navigation_action(WEBKIT_NAVIGATION_POLICY_DECISION(decision));
        const char *target = webkit_uri_request_get_uri(webkit_navigation_action_get_request(action));
        if (target != NULL && shutingNavigationAllowed(guard.start, (char *)target))
            return FALSE;
    }
    webkit_policy_decision_ignore(decision);
    return TRUE;
}

static gboolean on_permission(WebKitWebView *view, WebKitPermissionRequest *request, gpointer data) {
    (void)view; (void)data;
    webkit_permission_request_deny(request);
    return TRUE;
}

static gboolean on_file_chooser(WebKitWebView *view, WebKitFileChooserRequest *request, gpointer data) {
    (void)view; (void)data;
    webkit_file_chooser_request_cancel(request);
    return TRUE;
}

static gboolean on_authenticate(WebKitWebView *view, WebKitAuthenticationRequest *request, gpointer data) {
    (void)view; (void)data;
    webkit_authentication_request_cancel(request);
    return TRUE;
}

static void on_download(WebKitWebContext *context, WebKitDownload *download, gpointer data) {
    (void)context; (void)data;
    webkit_download_cancel(download);
}

/* Swallows signals whose default handling would put something of the system's
   on the screen: context menu, alert boxes, print, full screen, notifications.
   All of them treat TRUE as "handled", whatever their arguments. */
static gboolean swallow(void) { return TRUE; }

/* ---- the hand on the machine ---- */

static gboolean on_key(GtkWidget *widget, GdkEventKey *event, gpointer data) {
    (void)widget; (void)data;
    return !shutingKeyAllowed(event->keyval, event->state);
}

/* Every button but the first means something of the system's: menu, paste of the
   last selection, back, forward. */
static gboolean on_button(GtkWidget *widget, GdkEventButton *event, gpointer data) {
    (void)widget; (void)data;
    return event->button != 1;
}

static gboolean on_scroll(GtkWidget *widget, GdkEventScroll *event, gpointer data) {
    (void)widget; (void)data;
    return (event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SHIFT_MASK)) != 0;
}

static gboolean on_event(GtkWidget *widget, GdkEvent *event, gpointer data) {
    (void)widget; (void)data;
    return event->type == GDK_TOUCHPAD_PINCH || event->type == GDK_TOUCHPAD_SWIPE;
}

static void on_zoom(WebKitWebView *view, GParamSpec *spec, gpointer data) {
    (void)spec; (void)data;
    if (webkit_web_view_get_zoom_level(view) != 1.0)
        webkit_web_view_set_zoom_level(view, 1.0);
}

/* Selecting and dragging text or pictures is no part of a touch kiosk. Fields
   keep their selection, without which typing into them would not work. */
static const char *const STYLE =
    "*, *::before, *::after { -webkit-user-select: none !important; -webkit-user-drag: none !important;"
    " -webkit-touch-callout: none !important; }"
    "input, textarea, [contenteditable] { -webkit-user-select: text !important; }";

static void disconnect_all(gpointer object, const char *signal) {
    guint id = g_signal_lookup(signal, G_OBJECT_TYPE(object));
    gulong handler;
    while ((handler = g_signal_handler_find(object, G_SIGNAL_MATCH_ID, id, 0, NULL, NULL, NULL)) != 0)
        g_signal_handler_disconnect(object, handler);
}

/* The window goes: a page that is frozen would not notice, and live on. */
static void on_destroy(GtkWidget *view, gpointer data) {
    (void)data;
    webkit_web_view_terminate_web_process(WEBKIT_WEB_VIEW(view));
    shutingDetached();
}

static void guard_page(WebKitWebView *view) {
    g_signal_connect(view, "destroy", G_CALLBACK(on_destroy), NULL);
    g_signal_connect(view, "web-process-terminated", G_CALLBACK(on_terminated), NULL);
    g_signal_connect(view, "load-failed", G_CALLBACK(on_load_failed), NULL);
    g_signal_connect(view, "load-changed", G_CALLBACK(on_load_changed), NULL);
    g_signal_connect(view, "decide-policy", G_CALLBACK(on_decide_policy), NULL);
    g_signal_connect(view, "permission-request", G_CALLBACK(on_permission), NULL);
    g_signal_connect(view, "run-file-chooser", G_CALLBACK(on_file_chooser), NULL);
    g_signal_connect(view, "authenticate", G_CALLBACK(on_authenticate), NULL);
    g_signal_connect(webkit_web_view_get_context(view), "download-started", G_CALLBACK(on_download), NULL);
    const char *const quiet[] = {"context-menu", "script-dialog", "print", "enter-fullscreen", "show-notification"};
    for (gsize i = 0; i < G_N_ELEMENTS(quiet); i++)
        g_signal_connect(view, quiet[i], G_CALLBACK(swallow), NULL);

    WebKitSettings *settings = webkit_web_view_get_settings(view);
    webkit_settings_set_enable_back_forward_navigation_gestures(settings, FALSE);
    webkit_settings_set_javascript_can_open_windows_automatically(settings, FALSE);
    webkit_settings_set_enable_caret_browsing(settings, FALSE);

    WebKitUserStyleSheet *sheet = webkit_user_style_sheet_new(
        STYLE, WEBKIT_USER_CONTENT_INJECT_ALL_FRAMES, WEBKIT_USER_STYLE_LEVEL_USER, NULL, NULL);
    webkit_user_content_manager_add_style_sheet(webkit_web_view_get_user_content_manager(view), sheet);
    webkit_user_style_sheet_unref(sheet);
}

static void guard_input(GtkWidget *window, WebKitWebView *view) {
    /* The window hears keys before the view and before any accelerator. */
    g_signal_connect(window, "key-press-event", G_CALLBACK(on_key), NULL);
    g_signal_connect(window, "key-release-event", G_CALLBACK(on_key), NULL);
    g_signal_connect(view, "button-press-event", G_CALLBACK(on_button), NULL);
    g_signal_connect(view, "button-release-event", G_CALLBACK(on_button), NULL);
    g_signal_connect(view, "scroll-event", G_CALLBACK(on_scroll), NULL);
    g_signal_connect(view, "event", G_CALLBACK(on_event), NULL);

    g_signal_connect(view, "notify::zoom-level", G_CALLBACK(on_zoom), NULL);
    on_zoom(view, NULL, NULL);
    /* WebKitGTK has no setting for pinch zoom; it keeps the gesture under this name. */
    gpointer pinch = g_object_get_data(G_OBJECT(view), "wk-view-zoom-gesture");
    if (pinch != NULL && GTK_IS_EVENT_CONTROLLER(pinch))
        gtk_event_controller_set_propagation_phase(GTK_EVENT_CONTROLLER(pinch), GTK_PHASE_NONE);

    gtk_drag_dest_unset(GTK_WIDGET(view));

    /* Alt+F4 and the window manager ask to close through this signal. Wails has a
       handler that quits; ours alone stays, and does nothing. */
    disconnect_all(window, "delete-event");
    g_signal_connect(window, "delete-event", G_CALLBACK(swallow), NULL);
}

/* ---- finding the view ---- */

static void find_view(GtkWidget *widget, gpointer found) {
    GtkWidget **view = found;
    if (*view != NULL)
        return;
    if (WEBKIT_IS_WEB_VIEW(widget))
        *view = widget;
    else if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), find_view, found);
}

static gboolean attach(gpointer data) {
    (void)data;
    GtkWidget *view = NULL;
    GList *windows = gtk_window_list_toplevels();
    for (GList *w = windows; w != NULL && view == NULL; w = w->next)
        find_view(GTK_WIDGET(w->data), &view);
    g_list_free(windows);

    /* Wails names the start page before it shows the window, so both are there together. */
    const char *start = view != NULL ? webkit_web_view_get_uri(WEBKIT_WEB_VIEW(view)) : NULL;
    if (start == NULL) {
        if (++guard.attempts < ATTEMPTS)
            return G_SOURCE_CONTINUE;
        shutingNoView();
        return G_SOURCE_REMOVE;
    }
    guard.view = WEBKIT_WEB_VIEW(view);
    guard.window = gtk_widget_get_toplevel(view);
    guard.start = g_strdup(start);
    g_object_add_weak_pointer(G_OBJECT(view), (gpointer *)&guard.view);
    guard_page(guard.view);
    guard_input(guard.window, guard.view);
    gtk_widget_grab_focus(view);
    return G_SOURCE_REMOVE;
}

static gboolean end_page(gpointer data) {
    (void)data;
    if (guard.view == NULL)
        return G_SOURCE_REMOVE;
    guard.ending = TRUE;
    webkit_web_view_terminate_web_process(guard.view);
    /* Where there was no process to end, no signal came: the page is lost all the same. */
    if (guard.ending) {
        guard.ending = FALSE;
        lost(SHUTING_LOST_ASKED);
    }
    return G_SOURCE_REMOVE;
}

static gboolean detach(gpointer data) {
    (void)data;
    if (guard.view != NULL)
        webkit_web_view_terminate_web_process(guard.view);
    shutingDetached();
    return G_SOURCE_REMOVE;
}

static gboolean load(gpointer data) {
    (void)data;
    if (guard.view != NULL)
        webkit_web_view_load_uri(guard.view, guard.start);
    return G_SOURCE_REMOVE;
}

void shuting_guard_attach(void) { g_timeout_add(ATTEMPT_MS, attach, NULL); }
void shuting_guard_end_page(void) { g_idle_add_full(G_PRIORITY_HIGH, end_page, NULL, NULL); }
void shuting_guard_load(void) { g_idle_add_full(G_PRIORITY_HIGH, load, NULL, NULL); }
void shuting_guard_detach(void) { g_idle_add_full(G_PRIORITY_HIGH, detach, NULL, NULL); }
