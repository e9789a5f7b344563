/* The native half of the guard: what must happen inside GTK's main thread. */
#ifndef SHUTING_GUARD_LINUX_H
#define SHUTING_GUARD_LINUX_H

/* Why a page was lost, as told to Go. */
enum {
    SHUTING_LOST_CRASH = 0,
    SHUTING_LOST_MEMORY = 1,
    SHUTING_LOST_ASKED = 2,
    SHUTING_LOST_LOAD = 3,
};

/* All may be called from any thread; they work on the main thread later. */
void shuting_guard_attach(void);
void shuting_guard_end_page(void);
void shuting_guard_load(void);
void shuting_guard_detach(void); /* shutingDetached answers */

#endif
