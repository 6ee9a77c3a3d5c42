-- QuickSell backup, format 1
-- of the database released on 9.7.4-2, taken at 2026-11-29 04:12:44 +08:00
-- options: CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci
-- Load it with `./quicksell db restore FILE`, or into an empty database with `mariadb DATABASE < FILE`.

SET NAMES utf8mb4;
SET SESSION time_zone = '+08:00';
SET SESSION foreign_key_checks = 0;
SET SESSION unique_checks = 0;
SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES';

DROP TABLE IF EXISTS `breakages`;
CREATE TABLE `breakages` (
  `id` int NOT NULL AUTO_INCREMENT,
  `mug` varchar(50) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;

DROP TABLE IF EXISTS `mugs`;
CREATE TABLE `mugs` (
  `id` int NOT NULL AUTO_INCREMENT,
  `shelf_id` int NOT NULL,
  `colour` varchar(50) DEFAULT NULL,
  `price` decimal(10,2) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `shelf_id` (`shelf_id`),
  CONSTRAINT `mugs_ibfk_1` FOREIGN KEY (`shelf_id`) REFERENCES `shelves` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
INSERT INTO `mugs` (`id`, `shelf_id`, `colour`, `price`) VALUES
(1,1,'blue',120.00),
(2,2,NULL,99.95);

DROP TABLE IF EXISTS `shelves`;
CREATE TABLE `shelves` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(50) NOT NULL,
  `mark` binary(4) DEFAULT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `shelves_chk_1` CHECK ((`name` <> _utf8mb4''))
) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
INSERT INTO `shelves` (`id`, `name`, `mark`) VALUES
(1,'Kitchen; it\'s \\ here',X'00FF0A27'),
(2,'Sala 🏠',NULL);

DROP VIEW IF EXISTS `dear`;
CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `dear` AS select `mugs`.`id` AS `id`,`mugs`.`colour` AS `colour` from `mugs` where (`mugs`.`price` > 100);

DROP VIEW IF EXISTS `dearest`;
CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `dearest` AS select max(`dear`.`id`) AS `id` from `dear`;

SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', collation_connection = 'utf8mb4_general_ci';
DROP PROCEDURE IF EXISTS `break_all`;
DELIMITER $$
CREATE PROCEDURE `break_all`()
    SQL SECURITY INVOKER
BEGIN DELETE FROM mugs; SELECT 'done; all' AS said; END$$
DELIMITER ;

SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', collation_connection = 'utf8mb4_general_ci';
DROP TRIGGER IF EXISTS `broken`;
DELIMITER $$
CREATE TRIGGER `broken` AFTER DELETE ON `mugs` FOR EACH ROW BEGIN INSERT INTO breakages (mug) VALUES (OLD.colour); END$$
DELIMITER ;

SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', collation_connection = 'utf8mb4_general_ci', time_zone = '+08:00';
DROP EVENT IF EXISTS `sweep`;
DELIMITER $$
CREATE EVENT `sweep` ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM breakages$$
DELIMITER ;

-- end of backup: 3 tables, 4 rows, 5 objects
