/** A disk this full raises an alarm and starts the disk guard; the disk budget stays below it. */
export const DISK_MAX_PERCENT = 80;

/** Snapshots are taken every so many minutes; three missed ones raise an alarm. */
export const BACKUP_INTERVAL_MINUTES = 15;
export const BACKUP_MAX_AGE_MINUTES = 3 * BACKUP_INTERVAL_MINUTES;

/** kubeadm's certificates live a year and every upgrade renews them. */
export const CERTIFICATE_MIN_DAYS = 30;
