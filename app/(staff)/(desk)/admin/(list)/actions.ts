'use server';
import { staffAction } from '@/app/_server/staff';
import { changeView, deleteView, saveListLook, saveView } from '@/lib/saved-views';

/** How the list looks to this person from now on. */
export const setLook = staffAction('set_list_look', ({ ctx }, look: object) => saveListLook(ctx, look));

export const keepView = staffAction('save_view', ({ ctx }, view: object) => saveView(ctx, view));

export const editView = staffAction('change_view', ({ ctx }, id: string, change: object) =>
  changeView(ctx, String(id), change),
);

export const dropView = staffAction('delete_view', ({ ctx }, id: string) => deleteView(ctx, String(id)));
