/** Complaints about a store. */
export default {
  title: 'Complaints',
  one: 'Complaint',
  open: 'Open a task',
  openTitle: 'A task from this complaint',
  note: 'What must be put right',
  flag: 'How serious',
  needsPhoto: 'A photo is needed of how it was put right',
  opened: 'Task opened',
  more: 'Earlier ones',
}
